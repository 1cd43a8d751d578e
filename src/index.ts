/**
 * CakeLab: azimuthal integration (caking) of X-ray diffraction images.
 *
 * @example
 * import { cake, load, readImage, writeXrdfit } from "cakelab";
 *
 * const ai = await load("calibration.poni");
 * const cakes = await cake(await readImage("frame.tif"), ai, { radialRange: [2, 8] });
 * await writeXrdfit("frame.dat", cakes);
 *
 * @module
 */
export type { Frame, Image, TypedArray } from "./array.js";
export { type CakeOptions, cake } from "./cake/cake.js";
export type { CakeOrder, CakeProvenance, Cakes } from "./cake/cakes.js";
export { type Calibrant, calibrant, calibrantNames } from "./calibrant/calibrants.js";
export { readCalibrant } from "./calibrant/read-calibrant.js";
export type { ApparentWavelength } from "./calibrate/apparent-wavelength.js";
export { calibrate } from "./calibrate/calibrate.js";
export type { CalibrateOptions, CalibrationStart, FixName } from "./calibrate/options.js";
export type { CalibrationParameter } from "./calibrate/parameters.js";
export { calibrationReport, type ReportOptions } from "./calibrate/report.js";
export type { CalibrationResidual, CalibrationResult, RingPoints } from "./calibrate/result.js";
export { ringCurve } from "./calibrate/ring-curve.js";
export type { RingRow } from "./calibrate/ring-table.js";
export { formatMidasParameters } from "./config/midas/format.js";
export { formatMidas, parseMidas } from "./config/midas/geometry.js";
export {
  type MidasEntry,
  type MidasParameters,
  type MidasValues,
  midasParameters,
  type SomeMidasValues,
} from "./config/midas/parameters.js";
export { parseMidasParameters } from "./config/midas/parse.js";
export { readMidasParameters, writeMidasParameters } from "./config/midas/read.js";
export type { Detector, Orientation, PixelLayout } from "./detector/detector.js";
export { detector } from "./detector/detector-factory.js";
export type { DetectorSpec } from "./detector/spec.js";
export {
  CakelabError,
  CalibrationError,
  type CalibrationFailure,
  EngineError,
  FileAccessError,
  FileFormatError,
  isCakelabError,
  OptionError,
  OutputError,
  ShapeError,
  StreamError,
} from "./errors.js";
export { encodeCbf, writeCbf } from "./export/cbf.js";
export { formatChi, writeChi } from "./export/chi.js";
export { formatCsv, writeCsv } from "./export/csv.js";
export { formatDat, writeDat } from "./export/dat.js";
export { encodeEdf, writeEdf } from "./export/edf.js";
export { type EsgOptions, formatEsg, writeEsg } from "./export/esg.js";
export { formatFxye, writeFxye } from "./export/fxye.js";
export { type Hdf5ImageOptions, writeHdf5 } from "./export/hdf5-images.js";
export { maskExtensions, writeMask } from "./export/mask.js";
export { type NexusOptions, writeNexus } from "./export/nexus/nexus.js";
export {
  type NexusSeries,
  type NexusSeriesOptions,
  openNexusSeries,
} from "./export/nexus/nexus-series.js";
export type { NexusResult } from "./export/nexus/pattern.js";
export { encodeNpy, writeNpy } from "./export/npy.js";
export { encodeTiff, type TiffOptions, writeTiff } from "./export/tiff.js";
export { formatXrdfit, writeXrdfit, type XrdfitOptions } from "./export/xrdfit.js";
export { formatXy, formatXye, writeXy, writeXye } from "./export/xy.js";
export { writeZarr, writeZarrImages, type ZarrOptions } from "./export/zarr/zarr.js";
export { convertOrientation } from "./geometry/convert-orientation.js";
export { type CrystfelGeometry, formatCrystfel, parseCrystfel } from "./geometry/crystfel.js";
export type { Fit2d } from "./geometry/fit2d.js";
export type { Geometry } from "./geometry/geometry.js";
export { type ImageD11, imageD11ToPoni, poniToImageD11 } from "./geometry/imaged11.js";
export { type Midas, midasToPoni, poniToMidas } from "./geometry/midas.js";
export type { MidasGeometry } from "./geometry/midas-geometry.js";
export { formatPoni, type Poni, parsePoni } from "./geometry/poni.js";
export { type RadialUnit, radialUnit, radialUnitNames } from "./geometry/units.js";
export type { Hdf5Compression } from "./hdf5/write-types.js";
export { headerValue, type Measurement, motors } from "./image/header-value.js";
export { type ImageInfo, imageInfo } from "./image/image-info.js";
export { listFiles } from "./image/list-files.js";
export { openSeries, type SeriesOptions as OpenSeriesOptions } from "./image/open-series.js";
export { decodeImage, type ReadImageOptions, readImage } from "./image/read-image.js";
export { readMask } from "./image/read-mask.js";
export type { Region } from "./image/region.js";
export type { WatchOptions } from "./image/series/watch-files.js";
export {
  AzimuthalIntegrator,
  type IntegratorOptions,
  type PlanOptions,
  type SeriesOptions,
} from "./integrate/azimuthal-integrator.js";
export { type EngineReport, measureEngines } from "./integrate/engine/fastest.js";
export type { DenseArray } from "./integrate/geometry-arrays.js";
export { load } from "./integrate/load.js";
export { buildMidasMap, type MidasMapOptions } from "./integrate/midas/build-map.js";
export type { MidasGeometryMaps } from "./integrate/midas/geometry-maps.js";
export { midasIntegrator } from "./integrate/midas/integrator.js";
export type { MidasMap } from "./integrate/midas/map.js";
export { readMidasMap, writeMidasMap } from "./integrate/midas/map-folder.js";
export { type MidasPlanOptions, midasPlan } from "./integrate/midas/midas-plan.js";
export type { MidasMode, MidasPixelWeights } from "./integrate/midas/pixel-weights.js";
export type { MidasPlan } from "./integrate/midas/plan.js";
export { type MidasResult, midasInt2d, midasLineout } from "./integrate/midas/result.js";
export type {
  EngineName,
  ErrorModel,
  IntegrateOptions,
  Method,
  Progress,
  Split,
} from "./integrate/options.js";
export type { Plan, PlanDescription } from "./integrate/plan.js";
export type { Lease as PlanLease } from "./integrate/plan-cache.js";
export type {
  EngineInfo,
  Integrate1dResult,
  Integrate2dResult,
  Provenance,
} from "./integrate/result.js";
export { AUTOMATIC_MASKS, type AutomaticMask, automaticMask } from "./mask/automatic.js";
export { maskBeamStop } from "./mask/beam-stop.js";
export { type CosmicRayOptions, maskCosmicRays } from "./mask/cosmic-rays.js";
export { maskDead, maskHot } from "./mask/defects.js";
export { maskGaps } from "./mask/gaps.js";
export { MaskHistory } from "./mask/history.js";
export {
  combineMasks,
  emptyMask,
  invertMask,
  type Mask,
  maskedFraction,
  toMask,
  unmask,
} from "./mask/mask.js";
export { growMask, shrinkMask } from "./mask/morphology.js";
export { maskSaturated } from "./mask/saturated.js";
export { drawMask, type MaskShape, type Point } from "./mask/shapes.js";
export { maskSigmaClip, type SigmaClipOptions } from "./mask/sigma-clip.js";
export { maskAbove, maskBelow, maskBetween, maskNotFinite } from "./mask/threshold.js";
export { type NoticeHook, setNoticeHook } from "./notice.js";
export { type FindPeaksOptions, type FoundPeak, findPeaks } from "./peaks/find-peaks.js";
export { fitPeaks } from "./peaks/fit-peaks.js";
export {
  type LatticeStrain,
  type LatticeStrainOptions,
  latticeStrain,
} from "./peaks/lattice-strain.js";
export type {
  FitPeaksOptions,
  PeakPattern,
  PeakPlace,
  PeakProfile,
  PeakStart,
  PeakWeights,
} from "./peaks/options.js";
export {
  type PatternGrid,
  type PeakMap,
  type PeakMapsOptions,
  peakMaps,
} from "./peaks/peak-maps.js";
export type {
  FittedPeak,
  FittedWindow,
  PartWidths,
  PeakFailure,
  PeakFit,
  PeakFits,
  PeakValues,
  UnfittedPeak,
} from "./peaks/result.js";
export { snipBackground } from "./peaks/snip.js";
export {
  type PrincipalStrains,
  type StrainEllipse,
  type StrainTensor,
  strainEllipse,
} from "./peaks/strain-ellipse.js";
export { type ProgressHook, setProgressHook } from "./progress.js";
export type { ScanMotor } from "./scan/axis.js";
export type { Box, Origin } from "./scan/box-region.js";
export { type CircleMap, type CircleMapOptions, circleMap } from "./scan/circle-map.js";
export { type CompositeMap, type CompositeMapOptions, compositeMap } from "./scan/composite-map.js";
export { formatDiffMapConfig, readDiffMapConfig } from "./scan/config-options.js";
export {
  type DiffMapSummary,
  diffMap,
  type RunningScan,
  startDiffMap,
} from "./scan/diff-map.js";
export type { DiffMapOptions } from "./scan/diff-map-options.js";
export type { MappedFrames, MapReading } from "./scan/map-frames.js";
export type { Mesh } from "./scan/mesh.js";
export { type OpenScanOptions, openScan } from "./scan/open-scan.js";
export type { Ring } from "./scan/ring-pixels.js";
export type { FailedFrame, Scan, ScanAxis, ScanUpdate } from "./scan/scan.js";
export type { FrameCorrections } from "./scan/tile.js";
export { type ScanMapOutput, writeScanMap } from "./scan/write-scan-map.js";
export { toolConfigurationSchema } from "./stream/diffractogram/configuration-schema.js";
export type { DiffractogramPattern } from "./stream/diffractogram/diffractogram-pattern.js";
export type { DiffractogramPeak } from "./stream/diffractogram/diffractogram-peaks.js";
export type {
  DiffractogramChanges,
  DiffractogramSettings,
} from "./stream/diffractogram/diffractogram-settings.js";
export {
  DiffractogramTool,
  type DiffractogramToolOptions,
} from "./stream/diffractogram/diffractogram-tool.js";
export type { JsonSchema } from "./stream/diffractogram/json-schema.js";
export { PatternBuffer } from "./stream/diffractogram/pattern-buffer.js";
export {
  type DiffractogramSummary,
  type RecordDiffractogramsOptions,
  recordDiffractograms,
} from "./stream/diffractogram/record-diffractograms.js";
export { toolResultsSchema } from "./stream/diffractogram/results-schema.js";
export type { DiffractogramRange, Sector } from "./stream/diffractogram/sector.js";
export {
  formatToolConfiguration,
  parseToolConfiguration,
  type ToolConfiguration,
} from "./stream/diffractogram/tool-configuration.js";
export type { DiffractogramPart, ToolImage } from "./stream/diffractogram/tool-parts.js";
export { type ToolResults, toolResults } from "./stream/diffractogram/tool-results.js";
export { FrameMapping, type MappedFrame } from "./stream/frame-mapping.js";
export type {
  FrameStream,
  StreamCounts,
  StreamFrame,
  StreamOptions,
} from "./stream/frame-stream.js";
export {
  type IntegratedFrame,
  type IntegrateStreamOptions,
  integrateStream,
  type StreamPlan,
} from "./stream/integrate-stream.js";
export { Latest } from "./stream/latest.js";
export type { BatchFiles } from "./stream/midas/batch-files.js";
export type {
  BatchOutputs,
  BatchResult,
  MidasBatchSummary,
} from "./stream/midas/batch-through.js";
export { type MidasBatchOptions, midasBatch } from "./stream/midas/midas-batch.js";
export { type MidasStreamOptions, midasStream } from "./stream/midas/midas-stream.js";
export type { EngineOptions as MidasEngineOptions } from "./stream/midas/open-engine.js";
export type { ParameterSource } from "./stream/midas/read-parameters.js";
export type { MidasUpdate } from "./stream/midas/record-frames.js";
export type { MidasRunOptions } from "./stream/midas/run-options.js";
export type { MidasStreamSummary, StreamOutputs } from "./stream/midas/stream-through.js";
export {
  type FrameServer,
  type ListenOptions,
  listenFrames,
} from "./stream/midas-socket/listen-frames.js";
export { FrameSender, type SendOptions, sendFrames } from "./stream/midas-socket/send-frames.js";
export { type OpenStreamOptions, openStream } from "./stream/open-stream.js";
export type { CakedPattern, TrackedPattern } from "./stream/peaks/directions.js";
export { meanPositions, type PeakPositions } from "./stream/peaks/mean-positions.js";
export type { TrackPeaksOptions } from "./stream/peaks/options.js";
export { PeakEvolution, type PeakEvolutionOptions } from "./stream/peaks/peak-evolution.js";
export type { PeakSeries } from "./stream/peaks/peak-series.js";
export { type PeakStrain, type PeakStrainOptions, peakStrain } from "./stream/peaks/peak-strain.js";
export { PeakTracker } from "./stream/peaks/peak-tracker.js";
export {
  type ActivePeak,
  type FitCurve,
  PEAK_COLUMNS,
  PEAK_STATUS,
  type PeakColumn,
  type TrackedPeaks,
} from "./stream/peaks/tracked-peaks.js";
export { centerOfRotation } from "./tomography/center-of-rotation.js";
export {
  type BackProjectionOptions,
  filteredBackProjection,
} from "./tomography/filtered-back-projection.js";
export {
  type IterativeOptions,
  iterativeReconstruction,
} from "./tomography/iterative-reconstruction.js";
export { projectSlice } from "./tomography/project-slice.js";
export type { ProjectionFilter } from "./tomography/ramp-filter.js";
export {
  type SinogramOptions,
  sinogram,
  type TomographicScan,
} from "./tomography/sinogram.js";
export type { SliceOptions } from "./tomography/slice-options.js";
export { type Tomogram, type TomogramOptions, tomogram } from "./tomography/tomogram.js";
export { version } from "./version.js";
