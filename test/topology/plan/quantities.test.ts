import { cpuQuantity, sizeQuantity } from '../../../constructs/topology/plan/quantities';

test.each([
  [500, '500m'],
  [1000, '1'],
  [1500, '1500m'],
  [2000, '2'],
])('%i thousandths of a processor are %s', (millis, text) => {
  expect(cpuQuantity(millis)).toBe(text);
});

test.each([
  [512, '512Mi'],
  [1024, '1Gi'],
  [1536, '1536Mi'],
  [4096, '4Gi'],
  [64 * 1024, '64Gi'],
  [1024 * 1024, '1Ti'],
  [1025 * 1024, '1025Gi'],
])('%i mebibytes are %s', (mebibytes, text) => {
  expect(sizeQuantity(mebibytes)).toBe(text);
});
