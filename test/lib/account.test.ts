import { withAccount } from '../../lib/account';

test('puts the account wherever it belongs, and leaves everything else as it is', () => {
  const given = { a: ['x-${AWS_ACCOUNT_ID}-${AWS_ACCOUNT_ID}', 1, null, true], b: { c: '${OTHER}' } };
  expect(withAccount(given, '123456789012')).toEqual({ a: ['x-123456789012-123456789012', 1, null, true], b: { c: '${OTHER}' } });
  expect(given.a[0]).toContain('AWS_ACCOUNT_ID');
});

test('takes the account literally, whatever characters the token of one has', () => {
  expect(withAccount('${AWS_ACCOUNT_ID}', '$& ${Token[AWS.AccountId.4]}')).toBe('$& ${Token[AWS.AccountId.4]}');
});
