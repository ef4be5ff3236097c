/** An answer, read to its end. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
  /** The body, parsed; undefined if it is not JSON. */
  readonly json: unknown;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** Sends one request. A text is sent as it is; anything else as JSON, with its type. */
export async function ask(
  url: string,
  method: string,
  given: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const isText = typeof given === 'string';
  const response = await fetch(url, {
    method,
    redirect: 'manual',
    headers: given === undefined || isText ? headers : { 'Content-Type': 'application/json', ...headers },
    ...(given === undefined ? {} : { body: isText ? given : JSON.stringify(given) }),
  });
  const body = await response.text();
  return { status: response.status, headers: Object.fromEntries(response.headers), body, json: parsed(body) };
}
