import { invertCholesky, solveCholesky } from "./cholesky.js";

/** A least-squares problem: residuals in units of their standard errors. */
export interface LeastSquares {
  readonly start: Float64Array;
  /** Number of residuals. */
  readonly count: number;
  /**
   * Writes the residuals, and their derivatives by each parameter: `jacobian[i * parameters + j]`,
   * fixed parameters too.
   */
  readonly evaluate: (
    parameters: Float64Array,
    residuals: Float64Array,
    jacobian: Float64Array,
  ) => void;
  /** 1 = held at its start value. Default: none. */
  readonly fixed?: ArrayLike<number>;
  /** Least value of each parameter; `start` must not be below it. Default: none. */
  readonly lower?: ArrayLike<number>;
  /** Largest value of each parameter; `start` must not be above it. Default: none. */
  readonly upper?: ArrayLike<number>;
  /**
   * Residuals beyond this count ever less (Cauchy's loss, c²·ln(1 + (r/c)²)). Default `Infinity`:
   * plain least squares.
   */
  readonly cauchy?: number;
  /** Default 50. */
  readonly maxIterations?: number;
  /** Ends where a step lowers the cost by less than this part of it. Default 1e-10. */
  readonly tolerance?: number;
}

/** A minimum and how well it is known. */
export interface LeastSquaresFit {
  readonly parameters: Float64Array;
  readonly residuals: Float64Array;
  /** Derivatives of the residuals, `count` × parameters. */
  readonly jacobian: Float64Array;
  /** Sum of the losses: χ² where the loss is plain. */
  readonly cost: number;
  readonly iterations: number;
  /** Whether the steps became small; otherwise the iterations ran out. */
  readonly converged: boolean;
  /**
   * Covariance of all parameters, row-major, 0 for fixed ones, for residuals of unit variance, as if
   * there were no bounds; `undefined` where the data do not determine them.
   */
  readonly covariance: Float64Array | undefined;
}

/**
 * The parameters that minimise the losses of residuals, by Levenberg's and Marquardt's damped
 * Gauss–Newton steps (Moré 1978, doi:10.1007/BFb0067700), scaled by the curvature of each parameter.
 * A parameter stays at a bound for as long as the cost falls beyond it.
 */
export function levenbergMarquardt(problem: LeastSquares): LeastSquaresFit {
  const { count, evaluate, cauchy = Infinity, maxIterations = 50, tolerance = 1e-10 } = problem;
  const size = problem.start.length;
  const free: number[] = [];
  for (let j = 0; j < size; j++) if (!problem.fixed?.[j]) free.push(j);
  let parameters = problem.start.slice();
  let residuals = new Float64Array(count);
  let jacobian = new Float64Array(count * size);
  let trial = parameters.slice();
  let trialResiduals = new Float64Array(count);
  let trialJacobian = new Float64Array(count * size);
  evaluate(parameters, residuals, jacobian);
  let cost = lossOf(residuals, cauchy);
  const n = free.length;
  const bounded = problem.lower !== undefined || problem.upper !== undefined;
  const normal = new Float64Array(n * n);
  const gradient = new Float64Array(n);
  const damped = new Float64Array(n * n);
  const step = new Float64Array(n);
  const weighted = new Float64Array(ROWS);
  let damping = 1e-4;
  let converged = n === 0;
  let iterations = 0;
  let stale = true;
  while (!converged && iterations < maxIterations && Number.isFinite(cost)) {
    iterations++;
    if (stale) normalEquations(residuals, jacobian, size, free, cauchy, normal, gradient, weighted);
    stale = false;
    damped.set(normal);
    for (let j = 0; j < n; j++) {
      damped[j * n + j] = normal[j * n + j]! * (1 + damping);
      step[j] = -gradient[j]!;
    }
    if (bounded) holdAtBounds(problem, parameters, free, gradient, damped, step);
    if (solveCholesky(damped, step, n)) {
      trial.set(parameters);
      for (let j = 0; j < n; j++) trial[free[j]!]! += step[j]!;
      if (bounded) clampToBounds(problem, trial);
      evaluate(trial, trialResiduals, trialJacobian);
      const trialCost = lossOf(trialResiduals, cauchy);
      if (trialCost <= cost) {
        converged = cost - trialCost <= tolerance * cost;
        cost = trialCost;
        [parameters, trial] = [trial, parameters];
        [residuals, trialResiduals] = [trialResiduals, residuals];
        [jacobian, trialJacobian] = [trialJacobian, jacobian];
        damping = Math.max(damping / 10, 1e-12);
        stale = true;
        continue;
      }
      // Near the minimum rounding may raise the cost: no smaller step will do better.
      if (trialCost - cost <= tolerance * cost) converged = true;
    }
    damping *= 10;
    if (damping > 1e16) break;
  }
  normalEquations(residuals, jacobian, size, free, cauchy, normal, gradient, weighted);
  return {
    parameters,
    residuals,
    jacobian,
    cost,
    iterations,
    converged,
    covariance: spread(invertCholesky(normal, n), free, size),
  };
}

/** Takes parameters out of a step that would leave their bounds. */
function holdAtBounds(
  { lower, upper }: LeastSquares,
  parameters: Float64Array,
  free: readonly number[],
  gradient: Float64Array,
  damped: Float64Array,
  step: Float64Array,
): void {
  const n = free.length;
  for (let j = 0; j < n; j++) {
    const at = free[j]!;
    const value = parameters[at]!;
    const outwards =
      (gradient[j]! > 0 && lower !== undefined && value <= lower[at]!) ||
      (gradient[j]! < 0 && upper !== undefined && value >= upper[at]!);
    if (!outwards) continue;
    for (let k = 0; k < n; k++) {
      damped[j * n + k] = 0;
      damped[k * n + j] = 0;
    }
    damped[j * n + j] = 1;
    step[j] = 0;
  }
}

function clampToBounds({ lower, upper }: LeastSquares, parameters: Float64Array): void {
  for (let j = 0; j < parameters.length; j++) {
    if (lower !== undefined && parameters[j]! < lower[j]!) parameters[j] = lower[j]!;
    if (upper !== undefined && parameters[j]! > upper[j]!) parameters[j] = upper[j]!;
  }
}

function lossOf(residuals: Float64Array, cauchy: number): number {
  let sum = 0;
  for (let i = 0; i < residuals.length; i++) sum += residuals[i]! * residuals[i]!;
  if (cauchy === Infinity) return sum;
  const c2 = cauchy * cauchy;
  sum = 0;
  for (let i = 0; i < residuals.length; i++) {
    sum += Math.log1p((residuals[i]! * residuals[i]!) / c2);
  }
  return c2 * sum;
}

/** Rows that stay in the nearest cache while every pair of their columns is summed. */
const ROWS = 64;

function normalEquations(
  residuals: Float64Array,
  jacobian: Float64Array,
  size: number,
  free: readonly number[],
  cauchy: number,
  normal: Float64Array,
  gradient: Float64Array,
  weighted: Float64Array,
): void {
  const n = free.length;
  normal.fill(0);
  gradient.fill(0);
  for (let first = 0; first < residuals.length; first += ROWS) {
    const rows = Math.min(ROWS, residuals.length - first);
    for (let a = 0; a < n; a++) {
      let slope = gradient[a]!;
      for (let i = 0, at = first * size + free[a]!; i < rows; i++, at += size) {
        const residual = residuals[first + i]!;
        const ratio = residual / cauchy;
        const value = (1 / (1 + ratio * ratio)) * jacobian[at]!;
        weighted[i] = value;
        slope += value * residual;
      }
      gradient[a] = slope;
      // Sums in locals: the matrix' elements would be loaded and stored for every row.
      for (let b = 0; b <= a; b++) {
        let sum = normal[a * n + b]!;
        for (let i = 0, at = first * size + free[b]!; i < rows; i++, at += size) {
          sum += weighted[i]! * jacobian[at]!;
        }
        normal[a * n + b] = sum;
      }
    }
  }
  for (let a = 0; a < n; a++) {
    for (let b = 0; b < a; b++) normal[b * n + a] = normal[a * n + b]!;
  }
}

function spread(
  inverse: Float64Array | undefined,
  free: readonly number[],
  size: number,
): Float64Array | undefined {
  if (inverse === undefined) return undefined;
  const covariance = new Float64Array(size * size);
  free.forEach((row, a) => {
    free.forEach((column, b) => {
      covariance[row * size + column] = inverse[a * free.length + b]!;
    });
  });
  return covariance;
}
