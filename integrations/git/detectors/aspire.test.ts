import { describe, expect, it } from 'vitest';
import { aspire } from './aspire.ts';
import { treeOf } from './tree-of.test-helper.ts';

const host = `var builder = DistributedApplication.CreateBuilder(args);
var redis = builder.AddRedis("redis");
var identity = builder.AddProject<Projects.Identity_API>("identity-api");
var endpoint = identity.GetEndpoint("http");
builder.AddProject<Projects.Basket>("basket")
    .WithReference(redis)
    .WithEnvironment("Identity__Url", endpoint);
builder.AddProject<Projects.Gone>("gone");
`;

describe('aspire', () => {
  it('reads projects, what runs beside them and their references', () => {
    const tree = treeOf({
      'Host/Program.cs': host,
      'src/Identity.API/Identity.API.csproj': '',
      'src/Basket/Basket.csproj': '',
    });
    expect(aspire.detect(tree)).toMatchObject([
      { what: 'resource', name: 'redis', type: 'cache', place: { line: 2 } },
      { what: 'component', folder: 'src/Identity.API', aliases: ['identity-api'] },
      { what: 'component', folder: 'src/Basket', aliases: ['basket'] },
      { what: 'dependency', from: { name: 'basket' }, to: 'redis' },
      { what: 'dependency', from: { name: 'basket' }, to: 'identity-api' },
    ]);
  });
});
