import { describe, expect, it } from 'vitest';
import { dotnet } from './dotnet.ts';
import { treeOf } from './tree-of.test-helper.ts';

describe('dotnet', () => {
  it('reads projects and leaves out those of tests', () => {
    const tree = treeOf({
      'Cart/Cart.csproj': '<Project Sdk="Microsoft.NET.Sdk.Web"></Project>',
      'Worker/Worker.csproj': '<Project Sdk="Microsoft.NET.Sdk"><OutputType>Exe</OutputType></Project>',
      'Worker/Dockerfile': 'FROM mcr.microsoft.com/dotnet/runtime',
      'Core/Core.csproj': '<Project Sdk="Microsoft.NET.Sdk"></Project>',
      'Checks/Checks.csproj': '<Project><PackageReference Include="xunit" /></Project>',
      'Cart.Tests/Cart.Tests.csproj': '<Project Sdk="Microsoft.NET.Sdk"></Project>',
    });
    expect(dotnet.detect(tree)).toMatchObject([
      { folder: 'Cart', type: 'service', framework: 'ASP.NET Core', language: 'C#' },
      { folder: 'Core', type: 'library' },
      { folder: 'Worker', type: 'service' },
    ]);
  });

  it('leaves out hosts that only start the others', () => {
    expect(
      dotnet.detect(treeOf({ 'Host/Host.csproj': '<Project><Sdk Name="Aspire.AppHost.Sdk" /></Project>' })),
    ).toEqual([]);
  });
});
