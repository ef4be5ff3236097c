import { STATUS_CODES } from 'node:http';
import { Problem } from '../problem.ts';

/** An error as `ctx.throw(401, …)` makes it, or middleware by itself: what the answer is to say is in it. */
interface HttpError extends Error {
  readonly status?: unknown;
  readonly statusCode?: unknown;
  /** Whether clients may read its message. */
  readonly expose?: unknown;
  readonly headers?: Readonly<Record<string, unknown>>;
}

const isStatus = (value: unknown): value is number =>
  Number.isInteger(value) && (value as number) >= 400 && (value as number) <= 599;

/** The refusal that an error stands for; undefined where it is a fault. */
export function refusalOf(error: unknown): Problem | undefined {
  if (!(error instanceof Error)) return undefined;
  const { status, statusCode, message, headers }: HttpError = error;
  const code = isStatus(status) ? status : statusCode;
  if (!isStatus(code)) return undefined;
  const text = isExposed(error) && message !== '' ? message : (STATUS_CODES[code] ?? `Status ${code}`);
  return new Problem('refused', text, { status: code, headers: plain(headers) });
}

/** Koa's rule: what is not for clients is for the log. */
export const isExposed = (error: unknown): boolean => (error as HttpError).expose === true;

const plain = (headers: HttpError['headers'] = {}): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value].flat().join(', ')]));
