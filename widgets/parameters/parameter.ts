/** A number of a state, as it is shown to the user; `Around` is what it is measured against. */
export interface Parameter<State, Around> {
  readonly name: string;
  readonly unit: string;
  get(state: State, around: Around): number;
  set(state: State, value: number, around: Around): State;
  /** Ends and step of its slider. */
  range(state: State, around: Around): readonly [low: number, high: number, step: number];
  /** Of those that a fit may hold. */
  readonly held?: {
    get(state: State): boolean;
    set(state: State, held: boolean): State;
  };
}
