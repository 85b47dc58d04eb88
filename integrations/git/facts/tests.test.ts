import { expect, it } from 'vitest';
import { observe } from './scope.test-helper.ts';
import { tests } from './tests.ts';

it.each([
  'cart_test.go',
  'tests/test_cart.py',
  'app/tests.py',
  'src/cart.test.ts',
  'src/cart.e2e-spec.ts',
  'src/__tests__/cart.jsx',
  'test/cart.js',
  'cypress/e2e/shop.js',
  'src/test/java/shop/CartTest.java',
  'src/test/java/shop/CartIT.java',
  'src/test/kotlin/TestCart.kt',
  'src/test/scala/CartSuite.scala',
  'src/test/groovy/CartSpec.groovy',
  'Cart.UnitTests/CartTests.cs',
  'spec/cart_spec.rb',
  'test/cart_test.exs',
  'tests/Unit/CartTest.php',
  'tests/cart.rs',
  'Tests/CartTests.swift',
  'test/run.bats',
])('takes %s for a test', (path) => {
  expect(observe(tests, { [path]: '' })).toEqual({ value: { present: true, files: 1 }, path });
});

it.each([
  'src/latest.go',
  'test/helpers/server.js',
  'test/setup.ts',
  'tests/fixtures/cart.js',
  'vitest.config.ts',
  'src/contest.py',
  'src/Protest.java',
  'node_modules/x/a.test.js',
  'src/main/java/Unit.java',
])('does not take %s for one', (path) => {
  expect(observe(tests, { [path]: '' })).toEqual({ value: { present: false, files: 0 } });
});

it('looks into Rust, where tests stand beside the code', () => {
  const files = {
    'src/a.rs': '#[cfg(test)]\nmod tests {}',
    'src/b.rs': '#[tokio::test]\nasync fn b() {}',
    'src/c.rs': '',
  };
  expect(observe(tests, files)?.value.files).toBe(2);
});

it('looks into Java, where names need not tell', () => {
  const files = {
    'src/test/java/Carts.java': '@Test void a() {}',
    'src/test/java/Help.java': 'class Help {}',
  };
  expect(observe(tests, files)).toEqual({
    value: { present: true, files: 1 },
    path: 'src/test/java/Carts.java',
  });
});

it('leaves those of other components out', () => {
  const files = { 'a_test.go': '', 'api/b_test.go': '' };
  expect(observe(tests, files, { others: ['api'] })?.value.files).toBe(1);
  expect(observe(tests, files, { folder: 'api' })?.value.files).toBe(1);
});

it('follows the projects that test a component from elsewhere', () => {
  const files = {
    'src/Cart/Cart.csproj': '<Project/>',
    'src/Pay/Pay.csproj': '<Project/>',
    'tests/Cart.Tests/Cart.Tests.csproj':
      '<PackageReference Include="xunit" /><ProjectReference Include="..\\..\\src\\Cart\\Cart.csproj" />',
    'tests/Cart.Tests/CartTests.cs': '',
    'tests/Cart.Tests/Helpers.cs': '',
    'tools/Load/Load.csproj': '<ProjectReference Include="..\\..\\src\\Pay\\Pay.csproj" />',
    'tools/Load/LoadTest.cs': '',
  };
  expect(observe(tests, files, { folder: 'src/Cart' })?.value).toEqual({ present: true, files: 1 });
  expect(observe(tests, files, { folder: 'src/Pay' })?.value).toEqual({ present: false, files: 0 });
});
