/** A weight of 0 says no (RFC 9110, 12.4.2). */
const isNo = (parameter: string): boolean => /^\s*q\s*=\s*0(\.0{0,3})?\s*$/i.test(parameter);

/** Whether an Accept header asks for a media type by its name. */
export const asksFor = (accept: string, type: string): boolean =>
  accept.split(',').some((range) => {
    const [name = '', ...parameters] = range.split(';');
    return name.trim().toLowerCase() === type && !parameters.some(isNo);
  });
