/** Declarations of the names that the kernel gives to every cell, for the compiler of cells. */
export const CELL_GLOBALS = `
/** Asks the user for a line of text, in the notebook below the running cell. */
declare function input(prompt?: string, options?: { password?: boolean }): Promise<string>;
`;
