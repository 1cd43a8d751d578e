/** A control with its label in front, for a toolbar. */
function labelled(text: string, control: HTMLElement): HTMLLabelElement {
  const label = document.createElement("label");
  const words = document.createElement("span");
  words.textContent = text;
  // The text of a label holds that of all choices, too.
  control.setAttribute("aria-label", text);
  label.append(words, control);
  return label;
}

/** A choice among few; `show` sets it without calling `onChoice`. */
export function choice<T extends string>(
  text: string,
  options: readonly (readonly [value: T, words: string])[],
  onChoice: (value: T) => void,
): { element: HTMLElement; show(value: T): void; value(): T } {
  const select = document.createElement("select");
  for (const [value, words] of options) select.add(new Option(words, value));
  select.addEventListener("change", () => onChoice(select.value as T));
  keepKeys(select);
  return {
    element: labelled(text, select),
    show: (value) => {
      select.value = value;
    },
    value: () => select.value as T,
  };
}

/** A number to type; `show` sets it without calling `onNumber`, and never while it is being typed. */
export function numberField(
  text: string,
  onNumber: (value: number) => void,
): { element: HTMLElement; show(value: number): void } {
  const input = document.createElement("input");
  input.type = "text";
  input.inputMode = "decimal";
  input.size = 6;
  const given = (): void => {
    const value = Number(input.value.replace("−", "-").replace(",", "."));
    const good = input.value.trim() !== "" && Number.isFinite(value);
    input.setAttribute("aria-invalid", String(!good));
    if (good) onNumber(value);
  };
  input.addEventListener("change", given);
  // JupyterLab keeps the browser from doing so itself.
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") given();
  });
  keepKeys(input);
  return {
    element: labelled(text, input),
    show: (value) => {
      if (document.activeElement !== input) input.value = String(Number(value.toPrecision(6)));
    },
  };
}

/** Something to be shown or not. */
export function checkbox(
  text: string,
  checked: boolean,
  onCheck: (checked: boolean) => void,
): HTMLElement {
  const input = document.createElement("input");
  input.type = "checkbox";
  input.checked = checked;
  input.addEventListener("change", () => onCheck(input.checked));
  return labelled(text, input);
}

/** Something to be switched on and off; `show` sets it without calling `onCheck`. */
export function toggle(
  text: string,
  onCheck: (checked: boolean) => void,
): { element: HTMLElement; show(checked: boolean): void } {
  const element = checkbox(text, false, onCheck);
  const input = element.querySelector("input")!;
  return {
    element,
    show: (checked) => {
      input.checked = checked;
    },
  };
}

/** A button; `title` says more than fits on it. */
export function button(text: string, title: string, onPress: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  made.title = title;
  made.addEventListener("click", onPress);
  return made;
}

/** JupyterLab takes keys for its own commands, unless an element says that it wants them. */
export function keepKeys(element: HTMLElement): void {
  element.setAttribute("data-lm-suppress-shortcuts", "true");
}

/** A row of controls with a name for screen readers. */
export function toolbar(name: string, ...content: readonly HTMLElement[]): HTMLElement {
  const bar = document.createElement("div");
  bar.className = "cakelab-toolbar";
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", name);
  bar.append(...content);
  return bar;
}
