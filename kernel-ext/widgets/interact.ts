import { display } from "../display.js";
import { type Abbreviation, Fixed, type ValueWidget, widgetOf } from "./abbreviation.js";
import { VBox } from "./controls/boxes.js";
import { Button } from "./controls/buttons.js";
import { Output } from "./controls/output.js";
import type { Widget } from "./widget.js";

/** The controls of a function's parameters by their names. */
export type Controls = Readonly<Record<string, Abbreviation | Fixed<unknown>>>;

/** The values that controls give. */
export type ControlValues<C> = {
  readonly [K in keyof C]: C[K] extends Fixed<infer T>
    ? T
    : C[K] extends { value: infer T }
      ? T
      : C[K] extends number | boolean | string | Date
        ? Widened<C[K]>
        : C[K] extends readonly (infer T)[]
          ? T
          : C[K] extends ReadonlyMap<string, infer T>
            ? T
            : C[K] extends Readonly<Record<string, infer T>>
              ? T
              : never;
};

type Widened<T> = T extends number
  ? number
  : T extends boolean
    ? boolean
    : T extends string
      ? string
      : T;

/** How `interact` runs its function. */
export interface InteractOptions {
  /** Only when a button is clicked. Default `false`. */
  readonly manual?: boolean;
  /** The button's label. Default `"Run"`. */
  readonly manualName?: string;
}

/** Controls, and below them what a function shows for their values. */
export class Interactive<R = unknown> extends VBox {
  /** What the function returned last; for a promise, what it became. */
  result: Awaited<R> | undefined;
  /** The controls by the names of their parameters. */
  readonly controls: Readonly<Record<string, ValueWidget>>;
  readonly output: Output;
  readonly #work: (values: never) => R;
  readonly #fixed: Readonly<Record<string, unknown>>;
  readonly #button: Button | undefined;
  #busy = false;
  #running: Promise<void> = Promise.resolve();
  #again = false;

  constructor(work: (values: never) => R, controls: Controls, options: InteractOptions = {}) {
    const own: Record<string, ValueWidget> = {};
    const given: Record<string, unknown> = {};
    for (const [name, control] of Object.entries(controls)) {
      if (control instanceof Fixed) given[name] = control.value;
      else own[name] = widgetOf(control, name);
    }
    const output = new Output();
    const description = options.manualName ?? "Run";
    const button = options.manual === true ? new Button({ description }) : undefined;
    const children: Widget[] = [...Object.values(own), ...(button ? [button] : []), output];
    super(children, { domClasses: ["widget-interact"] });
    this.controls = own;
    this.output = output;
    this.#work = work;
    this.#fixed = given;
    this.#button = button;
    const update = () => this.update();
    button?.onClick(update);
    if (button !== undefined) return;
    for (const control of Object.values(own)) (control as Widget).observe(update, "value" as never);
  }

  /** The values that the function is given. */
  get values(): Record<string, unknown> {
    const chosen = Object.entries(this.controls).map(([name, { value }]) => [name, value]);
    return { ...this.#fixed, ...Object.fromEntries(chosen) };
  }

  /**
   * Runs the function, at once unless it runs already; changes that come while it runs make it run once
   * more. Settles when it has ended.
   */
  update(): Promise<void> {
    this.#again = true;
    if (!this.#busy) this.#running = this.#runAll();
    return this.#running;
  }

  async #runAll(): Promise<void> {
    this.#busy = true;
    if (this.#button !== undefined) this.#button.disabled = true;
    try {
      while (this.#again) {
        this.#again = false;
        const waiting = this.#run();
        if (waiting !== undefined) await waiting;
      }
    } finally {
      this.#busy = false;
      if (this.#button !== undefined) this.#button.disabled = false;
    }
  }

  #run(): Promise<void> | undefined {
    const shown = (result: unknown): void => {
      this.result = result as Awaited<R>;
      if (result !== undefined) display(result);
    };
    const work = (): void | Promise<void> => {
      const result = this.#work(this.values as never);
      if (result instanceof Promise) return result.then(shown);
      shown(result);
    };
    return this.output.run(work, { clearOutput: true, wait: true }) as Promise<void> | undefined;
  }
}

/**
 * Controls for a function's parameters, and below them what it prints, displays and returns; it runs
 * again whenever a value changes.
 *
 * @throws OptionError for a control that cannot be.
 */
export function interactive<C extends Controls, R>(
  work: (values: ControlValues<C>) => R,
  controls: C,
  options: InteractOptions = {},
): Interactive<R> {
  const made = new Interactive<R>(work as (values: never) => R, controls, options);
  if (options.manual !== true) void made.update();
  return made;
}

/**
 * Shows controls for a function's parameters below the cell, as `interactive` makes them.
 *
 * @example
 * ```ts
 * interact(({ width, log }) => plot(width, log), { width: [1, 10], log: false });
 * ```
 */
export function interact<C extends Controls>(
  work: (values: ControlValues<C>) => unknown,
  controls: C,
  options: InteractOptions = {},
): void {
  const made = new Interactive(work as (values: never) => unknown, controls, options);
  // Before it runs: then, what the cell shows goes to its output.
  display(made);
  if (options.manual !== true) void made.update();
}

/** What a function shows for the values of widgets that stand elsewhere on the page. */
export function interactiveOutput<C extends Readonly<Record<string, ValueWidget>>>(
  work: (values: ControlValues<C>) => unknown,
  widgets: C,
): Output {
  return interactive(work, widgets).output;
}
