import { describe, expect, it } from 'vitest';
import { serviceCalls } from './service-calls.ts';
import { treeOf } from './tree-of.test-helper.ts';

function targets(path: string, source: string): string[] {
  return serviceCalls
    .detect(treeOf({ [path]: source }))
    .flatMap((one) => (one.what === 'dependency' ? [one.to] : []));
}

describe('service-calls', () => {
  it('finds URLs, load-balanced names and dial addresses', () => {
    expect(
      targets(
        'gw/src/main/java/A.java',
        'String h = "http://visits-service/"; client.getInstances("customers"); // http://localhost:80 http://example.com',
      ),
    ).toEqual(['visits-service', 'customers']);
    expect(targets('a.js', 'util.format("http://catalogue%s", domain)')).toEqual(['catalogue']);
    expect(
      targets('main.go', 'grpc.NewClient("cart:7070")\nsql.Open("mysql", "u:p@tcp(catalogue-db:3306)/db")'),
    ).toEqual(['cart', 'catalogue-db']);
    expect(targets('Client.java', '@FeignClient(name = "auth-service")')).toEqual(['auth-service']);
  });

  it('finds hosts of clients, defaults of settings and proxies', () => {
    expect(targets('app.py', 'Redis(host="redis", db=0)\nCART = os.getenv("CART_HOST", "cart")')).toEqual([
      'redis',
      'cart',
    ]);
    expect(targets('web/nginx.conf', 'proxy_pass http://orders:3000/;')).toEqual(['orders']);
    expect(targets('Worker.cs', 'Open("Server=db;Username=postgres")')).toEqual(['db']);
  });

  it('passes by tests', () => {
    expect(targets('a.test.ts', 'fetch("http://cart/")')).toEqual([]);
    expect(targets('src/test/java/A.java', '"http://cart/"')).toEqual([]);
  });
});
