/**
 * A notebook that runs a scan and shows its map as it grows.
 *
 * @param resume whether it goes on with what an interrupted run has done.
 * @param config path of the scan's configuration, from the notebook's folder.
 */
export function scanNotebook(config: string, resume: boolean): string {
  const cell = (id: string, source: string): object => ({
    cell_type: "code",
    execution_count: null,
    id,
    metadata: {},
    outputs: [],
    source,
  });
  const cells = [
    cell(
      "scan",
      [
        'import { type DiffMapOptions, readDiffMapConfig, startDiffMap } from "cakelab";',
        'import { ScanMap } from "cakelab/widgets";',
        "",
        `const options = (await readDiffMapConfig(${JSON.stringify(config)})) as DiffMapOptions;`,
        `const scan = await startDiffMap({ ...options, resume: ${resume} });`,
        "new ScanMap(scan)",
      ].join("\n"),
    ),
    cell("summary", "await scan.finished"),
  ];
  const kernelspec = {
    display_name: "TypeScript (CakeLab)",
    language: "typescript",
    name: "cakelab",
  };
  const notebook = { cells, metadata: { kernelspec }, nbformat: 4, nbformat_minor: 5 };
  return `${JSON.stringify(notebook, null, 1)}\n`;
}
