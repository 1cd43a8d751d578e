import { FileAccessError, FileFormatError } from "../errors.js";
import { nodeModule } from "../host/node.js";
import { dataFolders, isInFolders, realPath } from "./data-folders.js";
import { openingProblem, reasonOf } from "./explain.js";
import { settleSuperblock } from "./growing-superblock.js";
import { type CallReport, type Hdf5Library, hdf5Library, LibraryCrash } from "./library.js";
import type { LibraryModule } from "./library-types.js";

/** What files a file may lead to. */
export interface Hdf5Options {
  /**
   * Folders, besides that of the file, in which external links, virtual datasets and external data
   * may lie. Default none.
   */
  readonly trustedFolders?: readonly string[];
  /**
   * Whether a file that is still being written is opened as it is now; what in it is not complete yet
   * cannot be read, or is refused as damaged. Default `false`: such a file is refused.
   */
  readonly isGrowing?: boolean | undefined;
}

/** An object by its file and its path in it, without a link on the way. */
export interface Hdf5Place {
  readonly file: Hdf5File;
  readonly path: string;
}

/** HDF5's own limit is 16 links on one way. */
const MOST_LINKS = 40;

/**
 * An HDF5 file that is open for reading until `close()`, and those that it links to: every failure
 * of the library is thrown, and no file outside the data folder is opened.
 */
export class Hdf5File {
  readonly #library: Hdf5Library;
  readonly #id: bigint;
  readonly #folders: readonly string[];
  readonly #isGrowing: boolean;
  /** Every file of this one and its links, by its real path. */
  readonly #family: Map<string, Hdf5File>;
  readonly path: string;

  private constructor(
    library: Hdf5Library,
    id: bigint,
    path: string,
    folders: readonly string[],
    isGrowing: boolean,
    family: Map<string, Hdf5File>,
  ) {
    this.#library = library;
    this.#id = id;
    this.path = path;
    this.#folders = folders;
    this.#isGrowing = isGrowing;
    this.#family = family;
  }

  /** @throws FileFormatError, FileAccessError, EngineError where the library cannot be loaded. */
  static async open(path: string, options: Hdf5Options = {}): Promise<Hdf5File> {
    const library = await hdf5Library();
    const folders = dataFolders(path, options.trustedFolders ?? []);
    return Hdf5File.#open(library, path, folders, options.isGrowing ?? false, new Map());
  }

  static #open(
    library: Hdf5Library,
    path: string,
    folders: readonly string[],
    isGrowing: boolean,
    family: Map<string, Hdf5File>,
  ): Hdf5File {
    const real = realPath(path);
    const known = family.get(real);
    if (known !== undefined) return known;
    const { module } = library;
    const isThis = (wanted: string): boolean => wanted === real;
    const settle = isGrowing ? growingReads(path) : undefined;
    const report = survived(path, () =>
      library.call(isThis, () => module.open(real, module.H5F_ACC_RDONLY, false, -1, -1), settle),
    );
    if (report.result === undefined || report.result < 0n) {
      throw new FileFormatError(path, openingProblem(report.diagnostics));
    }
    const file = new Hdf5File(library, report.result, path, folders, isGrowing, family);
    family.set(real, file);
    return file;
  }

  /** Closes this file and those that its links opened. */
  close(): void {
    for (const file of this.#family.values()) {
      if (!this.#library.isAlive) break;
      this.#library.call(
        () => false,
        () => this.#library.module.close_file(file.#id),
      );
    }
    this.#family.clear();
  }

  /**
   * Calls the library for this file.
   *
   * @param subject what is read, for messages: `"/entry/data"`
   * @param options.mayMissFiles whether HDF5 finds out by trying which files there are
   * @throws FileFormatError for any failure that HDF5 reports; FileAccessError where it would open a
   * file outside the data folder, or one that is not there.
   */
  call<T>(
    subject: string,
    run: (module: LibraryModule, id: bigint) => T,
    { mayMissFiles = false }: { readonly mayMissFiles?: boolean } = {},
  ): T {
    const report = this.#report(subject, run);
    const { result, thrown, diagnostics, refused, missing } = report;
    if (refused[0] !== undefined) throw outside(this.path, subject, refused[0]);
    if (missing[0] !== undefined && !mayMissFiles) throw notThere(this.path, subject, missing[0]);
    const failed = typeof result === "number" && result < 0;
    if (thrown !== undefined || diagnostics !== "" || failed) {
      const reason = diagnostics === "" ? (thrown?.message ?? "no reason given") : diagnostics;
      throw new FileFormatError(
        this.path,
        `${subject} cannot be read (${reasonOf(reason)}); the file is damaged or still being written`,
      );
    }
    return result as T;
  }

  /** The same where a failure is an answer: that something is not there. */
  ask<T>(subject: string, run: (module: LibraryModule, id: bigint) => T): T | undefined {
    const { result, thrown, diagnostics } = this.#report(subject, run);
    return diagnostics === "" && thrown === undefined ? result : undefined;
  }

  /** Where a path leads to when links are followed, those into other files too. */
  resolve(path: string, links: number = MOST_LINKS): Hdf5Place {
    const names = path.split("/").filter((name) => name !== "" && name !== ".");
    let at = "";
    for (const [index, name] of names.entries()) {
      const here = `${at}/${name}`;
      const rest = names.slice(index + 1).join("/");
      const soft = this.ask(here, (module, id) => module.get_symbolic_link(id, here));
      if (soft === undefined) throw this.#nothingAt(at, name);
      const external =
        soft === null ? this.ask(here, (module, id) => module.get_external_link(id, here)) : {};
      if (soft === null && external?.filename === undefined) {
        at = here;
        continue;
      }
      if (links === 0) {
        throw new FileFormatError(this.path, `${path}: its links lead in a circle`);
      }
      if (soft !== null) {
        const target = soft.startsWith("/") ? soft : `${at}/${soft}`;
        return this.resolve(`${target}/${rest}`, links - 1);
      }
      const file = this.openLinked(here, external!.filename!);
      return file.resolve(`${external!.obj_path}/${rest}`, links - 1);
    }
    return { file: this, path: at === "" ? "/" : at };
  }

  /** Names of a group's members, links that lead nowhere among them. */
  names(group: string): string[] {
    return this.call(group, (module, id) => module.get_names(id, group, false));
  }

  #report<T>(subject: string, run: (module: LibraryModule, id: bigint) => T): CallReport<T> {
    const library = this.#library;
    if (!library.isAlive) {
      throw new FileFormatError(
        this.path,
        "was closed when another file made HDF5's library fail; open it again",
      );
    }
    const mayOpen = (path: string): boolean => isInFolders(path, this.#folders);
    return survived(`${this.path}::${subject}`, () =>
      library.call(mayOpen, () => run(library.module, this.#id)),
    );
  }

  /**
   * Opens a file that this one names, as HDF5 looks for it.
   *
   * @param link what names it, for messages
   */
  openLinked(link: string, filename: string): Hdf5File {
    const { basename, dirname, isAbsolute, join } = nodeModule("node:path");
    const { existsSync } = nodeModule("node:fs");
    const beside = dirname(realPath(this.path));
    // As HDF5 does for files that were moved: an absolute path, else the same name beside this file.
    const candidates = isAbsolute(filename)
      ? [filename, join(beside, basename(filename))]
      : [join(beside, filename), join(dirname(this.path), filename)];
    const allowed = candidates.filter((path) => isInFolders(path, this.#folders));
    const found = allowed.find((path) => existsSync(path));
    if (found !== undefined) {
      return Hdf5File.#open(this.#library, found, this.#folders, this.#isGrowing, this.#family);
    }
    if (allowed.length < candidates.length) throw outside(this.path, link, candidates[0]!);
    throw notThere(this.path, link, candidates[0]!);
  }

  #nothingAt(group: string, name: string): FileFormatError {
    const shown = group === "" ? "/" : group;
    const names = this.ask(shown, (module, id) => module.get_names(id, shown, false)) ?? [];
    const known = names.slice(0, 12).join(", ") + (names.length > 12 ? " …" : "");
    return new FileFormatError(
      this.path,
      names.length > 0
        ? `has no ${name} in ${shown}, which holds ${known}`
        : `has no ${name} in ${shown}, which is no group, or empty`,
    );
  }
}

/** What HDF5 reads on opening, made that of a file which is complete as it is. */
function growingReads(path: string): (bytes: Uint8Array) => void {
  const { size } = nodeModule("node:fs").statSync(path);
  return (bytes) => settleSuperblock(bytes, size);
}

function survived<T>(subject: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof LibraryCrash)) throw error;
    throw new FileFormatError(subject, `is damaged: ${error.message}`, { cause: error });
  }
}

function notThere(path: string, subject: string, target: string): FileAccessError {
  return new FileAccessError(
    path,
    `${subject} lies in ${target}, which is not there; copy it there, or ask for what this file holds itself`,
  );
}

function outside(path: string, subject: string, target: string): FileAccessError {
  return new FileAccessError(
    path,
    `${subject} lies in ${target}, outside the file's folder, and is not opened without consent; name its folder in trustedFolders (--trust) if you trust the file`,
  );
}
