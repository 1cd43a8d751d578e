import { inspect } from "node:util";
import { OptionError } from "../../src/errors.js";
import { type Binary, isPlainObject, putBuffers, removeBuffers } from "../comm/buffers.js";
import type { Comm, CommMessage } from "../comm/comm.js";
import { kernelComms } from "../comm/kernel-comms.js";
import { WIDGET_TARGET } from "../comm/widget-control.js";
import { Observers } from "./observers.js";
import { reportFailure } from "./report-failure.js";
import { sameValue } from "./same-value.js";
import { checkTrait } from "./trait-check.js";
import { type TraitNames, traitNames, wireName } from "./trait-properties.js";
import type { TraitTable } from "./trait-spec.js";
import { fromWire, toWire } from "./trait-wire.js";
import { isWidget, widgetMark } from "./widget-identity.js";
import { initialValue, widgetText } from "./widget-text.js";
import type { Change, Observer, TraitName } from "./widget-types.js";

/** The version of the widgets' protocol. */
const PROTOCOL = "2.1.0";

/** Which class of the page's code a widget belongs to: module, its version, name. */
export type PageClass = readonly [module: string, version: string, name: string | null];

/** A message of a widget's own kind from the page. */
export interface CustomMessage<W = Widget> {
  readonly widget: W;
  readonly content: Record<string, unknown>;
  readonly buffers: readonly Uint8Array[];
}

/** Values by the traits' names on the wire. */
export type State = Record<string, unknown>;

/**
 * The kernel's side of a widget. Its traits are properties: setting one tells the page, and what the
 * user does on the page sets them.
 */
export abstract class Widget {
  static readonly model: PageClass = ["@jupyter-widgets/base", "2.0.0", "WidgetModel"];
  static readonly view: PageClass = ["@jupyter-widgets/base", "2.0.0", null];
  static readonly traits: TraitTable = {};

  readonly #names: TraitNames;
  readonly #observers = new Observers<Change<Widget, never>>();
  readonly #messages = new Observers<CustomMessage>();
  #traits: TraitTable;
  #state: State = {};
  #held: State | undefined;
  /** What the page has just sent, as it sent it. */
  #received: State = {};
  #comm: Comm | undefined;

  constructor(options: object = {}, extra: { traits?: TraitTable; id?: string; comm?: Comm } = {}) {
    const { traits } = this.constructor as typeof Widget;
    this.#traits = extra.traits === undefined ? traits : { ...traits, ...extra.traits };
    this.#names = traitNames(
      extra.traits === undefined ? this.constructor : { prototype: this },
      this.#traits,
    );
    for (const [name, spec] of Object.entries(this.#traits)) this.#state[name] = initialValue(spec);
    const given = this.#checked(options, true);
    const next = { ...this.#state, ...given };
    this.reconcile(next, new Set(Object.keys(given)), true);
    this.#state = next;
    this.#open(extra);
  }

  /** By which the page and other widgets know this one. */
  get modelId(): string {
    return this.#comm?.id ?? "";
  }

  /** Whether `close` was called, here or on the page. */
  get isClosed(): boolean {
    return this.#comm?.isOpen !== true;
  }

  /** The value of a trait, by its property's name or the one of ipywidgets. */
  get(name: string): unknown {
    const wire = this.wireName(name);
    const spec = this.#traits[wire]!;
    const held = this.#held !== undefined && Object.hasOwn(this.#held, wire);
    const value = (held ? this.#held! : this.#state)[wire];
    if (value !== null || spec.type !== "widget" || spec.make === undefined) return value;
    // Layouts and styles are made when they are first asked for: most widgets never need them.
    const made = new (spec.make())({} as never);
    this.#state[wire] = made;
    this.#sendState([wire]);
    return made;
  }

  /**
   * Sets several traits at once: they are checked together, and the page is told once.
   *
   * @throws OptionError for a trait that is not there, or a value that it cannot have; nothing is set.
   */
  set(changes: Readonly<Record<string, unknown>>): void {
    const given = this.#checked(changes, false);
    if (this.#held !== undefined) Object.assign(this.#held, given);
    else this.#commit(given);
  }

  /** Sets traits as `set` does, for those that users may only read. */
  protected setReadOnly(changes: State): void {
    this.#commit(changes);
  }

  /** Collects what `work` sets, and sets it all at its end: the page and observers hear of it once. */
  hold(work: () => void): void {
    if (this.#held !== undefined) {
      work();
      return;
    }
    this.#held = {};
    try {
      work();
      this.#commit(this.#held);
    } finally {
      this.#held = undefined;
    }
  }

  /**
   * Calls a function whenever one of the named traits has changed; any of them without names.
   *
   * @example
   * ```ts
   * slider.observe(({ new: value }) => console.log(value), "value");
   * ```
   */
  observe<K extends TraitName<this>>(
    callback: Observer<this, K>,
    names?: K | readonly K[] | undefined,
  ): void {
    this.#observers.add(callback as never, this.#wireNames(names));
  }

  /** Ends what `observe` began, for some names or for all. */
  unobserve<K extends TraitName<this>>(
    callback: Observer<this, K>,
    names?: K | readonly K[] | undefined,
  ): void {
    this.#observers.remove(callback as never, this.#wireNames(names));
  }

  /** Ends all that `observe` began. */
  unobserveAll(): void {
    this.#observers.clear();
  }

  /**
   * The name by which the page knows a trait.
   *
   * @throws OptionError for a trait that is not there.
   */
  wireName(name: string): string {
    return wireName(this.#names, name, this.#className);
  }

  /** Sends a message to the page's side of the widget. */
  send(content: Record<string, unknown>, buffers: readonly Binary[] = []): void {
    this.#comm?.send({ method: "custom", content }, { buffers });
  }

  /** Calls a function for each message of the page's side of the widget. */
  onMsg(callback: (message: CustomMessage<this>) => unknown): void {
    this.#messages.add(callback as never);
  }

  /** Ends what `onMsg` began. */
  offMsg(callback: (message: CustomMessage<this>) => unknown): void {
    this.#messages.remove(callback as never);
  }

  /** Sends the page some traits again, or all of them: needed after writing into an array in place. */
  sendState(names?: string | readonly string[]): void {
    this.#sendState(this.#wireNames(names) ?? this.#synced());
  }

  /** Removes the widget from the page; it is of no use afterwards. */
  close(): void {
    this.#comm?.close();
  }

  /** What a notebook shows of the widget: its view, and a line of text. */
  mimeBundle(): Record<string, unknown> | Promise<Record<string, unknown>> {
    const text = { "text/plain": this.toString() };
    if ((this.constructor as typeof Widget).view[2] === null || this.isClosed) return text;
    const view = { version_major: 2, version_minor: 0, model_id: this.modelId };
    return { ...text, "application/vnd.jupyter.widget-view+json": view };
  }

  toString(): string {
    return widgetText(this.#className, this.#traits, this.#state, this.#names.property);
  }

  /**
   * Makes traits that depend on each other agree, in a class that has such.
   *
   * @param next all values as they are to be, each good by itself; may be changed.
   * @param changed the names of those that were set.
   * @param first whether the widget is being made.
   * @throws OptionError where they cannot agree.
   */
  protected reconcile(_next: State, _changed: ReadonlySet<string>, _first: boolean): void {}

  /** An error of this widget's about one of its traits. */
  protected traitError(trait: string, value: unknown, message: string): OptionError {
    return new OptionError(`${this.#className}.${trait}`, value, message);
  }

  get #className(): string {
    return this.constructor.name;
  }

  #wireNames(names: string | readonly string[] | undefined): string[] | undefined {
    if (names === undefined) return undefined;
    const list = typeof names === "string" ? [names] : names;
    return list.map((name) => this.wireName(name));
  }

  #synced(): string[] {
    return Object.keys(this.#traits).filter((name) => this.#traits[name]!.local !== true);
  }

  #checked(changes: object, first: boolean): State {
    const given: State = {};
    for (const [name, value] of Object.entries(changes)) {
      if (value === undefined) continue;
      const wire = this.wireName(name);
      const spec = this.#traits[wire]!;
      const property = this.#names.property.get(wire)!;
      if (spec.readOnly === true && !first) {
        throw this.traitError(property, value, "only the page sets this trait");
      }
      given[wire] = checkTrait(spec, value, `${this.#className}.${property}`);
    }
    return given;
  }

  /** Sets checked values; `waits` collects the calls of observers, which fail on their own then. */
  #commit(given: State, waits?: Promise<void>[]): void {
    const next = { ...this.#state, ...given };
    this.reconcile(next, new Set(Object.keys(given)), false);
    const former = this.#state;
    const changed = Object.keys(next)
      .filter((name) => name in given || next[name] !== former[name])
      .filter((name) => !sameValue(former[name], next[name]));
    this.#state = next;
    // What was collected is set now; observers may set more.
    this.#held = undefined;
    const wire = Object.keys(this.#received).filter((name) => !changed.includes(name));
    this.#sendState([...changed, ...wire].filter((name) => this.#isNews(name)));
    for (const name of changed) {
      const property = this.#names.property.get(name)!;
      const change = { name: property, old: former[name], new: next[name] };
      const event = { type: "change", owner: this, ...change } as unknown as Change<Widget, never>;
      if (waits === undefined) this.#observers.call(name, event);
      else waits.push(this.#observers.callSafely(name, event));
    }
  }

  /** Whether the page does not know a trait's value, having just sent it. */
  #isNews(name: string): boolean {
    const spec = this.#traits[name]!;
    if (spec.local === true) return false;
    if (!(name in this.#received)) return true;
    return !sameValue(toWire(spec, this.#state[name]), this.#received[name], "kept");
  }

  #wireState(names: readonly string[]): State {
    return Object.fromEntries(
      names.map((name) => [name, toWire(this.#traits[name]!, this.#state[name])]),
    );
  }

  #sendState(names: readonly string[]): void {
    if (names.length === 0 || this.#comm === undefined) return;
    const wire = this.#wireState(names);
    for (const name of names) if (name in this.#received) this.#received[name] = wire[name];
    const { state, paths, buffers } = removeBuffers(wire);
    this.#comm.send({ method: "update", state, buffer_paths: paths }, { buffers });
  }

  #open({ id, comm }: { id?: string; comm?: Comm }): void {
    const snapshot = (): State => this.#snapshot();
    if (comm === undefined) {
      const { state, paths, buffers } = removeBuffers(snapshot());
      this.#comm = kernelComms().openComm(
        WIDGET_TARGET,
        { state, buffer_paths: paths },
        { buffers, metadata: { version: PROTOCOL }, ...(id === undefined ? {} : { id }) },
      );
    } else {
      this.#comm = comm;
    }
    this.#comm.snapshot = snapshot;
    this.#comm.owner = this;
    this.#comm.onMessage = (message) => this.#handle(message);
  }

  #snapshot(): State {
    const { model, view } = this.constructor as typeof Widget;
    return {
      _model_module: model[0],
      _model_module_version: model[1],
      _model_name: model[2],
      _view_module: view[0],
      _view_module_version: view[1],
      _view_name: view[2],
      // A layout or style that nobody has asked for is the page's default.
      ...this.#wireState(
        this.#synced().filter((name) => {
          const spec = this.#traits[name]!;
          return spec.type !== "widget" || this.#state[name] !== null;
        }),
      ),
    };
  }

  async #handle({ data, buffers }: CommMessage): Promise<void> {
    if (data.method === "update" && isPlainObject(data.state)) {
      putBuffers(data.state, asPaths(data.buffer_paths), buffers);
      await this.#receive(data.state);
    } else if (data.method === "request_state") {
      const { state, paths, buffers: parts } = removeBuffers(this.#snapshot());
      const update = { method: "update", state, buffer_paths: paths };
      this.#comm?.send(update, { buffers: parts });
    } else if (data.method === "custom") {
      const content = isPlainObject(data.content) ? data.content : {};
      const message = { widget: this as Widget, content, buffers };
      const handled = this.handleMessage(content, buffers);
      await Promise.all([handled, this.#messages.callSafely("", message)]);
    }
  }

  /** What a class does with messages of its page's side, before `onMsg`'s functions are called. */
  protected handleMessage(
    _content: Record<string, unknown>,
    _buffers: readonly Uint8Array[],
  ): unknown {
    return undefined;
  }

  async #receive(sent: State): Promise<void> {
    const known = Object.entries(sent).filter(([name]) => Object.hasOwn(this.#traits, name));
    const echoed = known.filter(([name]) => this.#traits[name]!.echo !== false);
    if (echoed.length > 0) {
      const { state, paths, buffers } = removeBuffers(Object.fromEntries(echoed));
      const echo = { method: "echo_update", state, buffer_paths: paths };
      this.#comm?.send(echo, { buffers });
    }
    this.#received = Object.fromEntries(known);
    const waits: Promise<void>[] = [];
    try {
      const given: State = {};
      for (const [name, value] of known) {
        const spec = this.#traits[name]!;
        const found = fromWire(spec, value, this.#state[name], findWidget);
        const property = this.#names.property.get(name)!;
        given[name] = checkTrait(spec, found, `${this.#className}.${property}`);
      }
      this.#commit(given, waits);
    } catch (error) {
      reportFailure(error);
      this.#received = {};
      // The page is to show what the kernel has.
      this.#sendState(known.map(([name]) => name));
    } finally {
      this.#received = {};
    }
    await Promise.all(waits);
  }

  static {
    // Declarations of a package cannot name a property by a symbol that is looked up at run time.
    const show = function (this: Widget): unknown {
      return this.mimeBundle();
    };
    const text = function (this: Widget): string {
      return this.toString();
    };
    Object.defineProperty(Widget.prototype, Symbol.for("Jupyter.display"), { value: show });
    Object.defineProperty(Widget.prototype, inspect.custom, { value: text });
    Object.defineProperty(Widget.prototype, widgetMark, { value: true });
  }
}

function findWidget(id: string): Widget | undefined {
  const owner = kernelComms().find(id)?.owner;
  return isWidget(owner) ? owner : undefined;
}

function asPaths(value: unknown): (string | number)[][] {
  return Array.isArray(value) ? value.filter(Array.isArray) : [];
}
