/** A number as digits and a power of ten: 0.07 is 7 and -2. */
function decimal(value: number): { readonly digits: bigint; readonly power: number } {
  const [mantissa = '', power = '0'] = String(value).split('e');
  const [whole = '', behind = ''] = mantissa.split('.');
  return { digits: BigInt(whole + behind), power: Number(power) - behind.length };
}

/** Whether a number, as it is written, is a multiple of a step, as that is written. */
export function isMultiple(value: number, step: number): boolean {
  if (Number.isInteger(value) && Number.isInteger(step)) return value % step === 0;
  if (!Number.isFinite(value)) return false;
  const [a, b] = [decimal(value), decimal(step)];
  const power = Math.min(a.power, b.power);
  return (a.digits * 10n ** BigInt(a.power - power)) % (b.digits * 10n ** BigInt(b.power - power)) === 0n;
}
