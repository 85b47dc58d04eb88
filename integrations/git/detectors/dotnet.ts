import type { ComponentFinding, Detector, Finding, Tree } from '../detector.ts';
import { hasFile } from '../reading/code.ts';
import { folderOf, ourFiles, stemOf } from '../reading/paths.ts';

const TEST_PROJECT =
  /<IsTestProject>\s*true|Include="(xunit|NUnit|MSTest\.TestFramework|Microsoft\.NET\.Test\.Sdk|TUnit)"/i;
const LANGUAGES: Readonly<Record<string, string>> = { csproj: 'C#', fsproj: 'F#', vbproj: 'Visual Basic' };

export const dotnet: Detector = {
  id: 'dotnet',
  detect: (tree) =>
    ourFiles(tree)
      .filter((path) => /\.(cs|fs|vb)proj$/.test(path))
      .flatMap((path) => readProject(tree, path)),
};

function readProject(tree: Tree, path: string): Finding[] {
  const source = tree.read(path) ?? '';
  const stem = stemOf(path);
  if (TEST_PROJECT.test(source) || /(^|[._-])(unit|integration|functional)?tests?$/i.test(stem)) return [];
  // An Aspire host starts the others in development, as a compose file does.
  if (/Aspire\.AppHost\.Sdk|<IsAspireHost>\s*true/i.test(source)) return [];
  const folder = folderOf(path);
  const sdk = /<Project[^>]*\bSdk="([^"]+)"/.exec(source)?.[1] ?? '';
  const framework = frameworkOf(sdk, source);
  return [
    {
      what: 'component',
      folder,
      name: /<AssemblyName>([\w.-]+)</.exec(source)?.[1] ?? stem,
      aliases: [`nuget:${stem}`, stem],
      type: typeOf(tree, folder, sdk, source, framework),
      language: LANGUAGES[path.slice(path.lastIndexOf('.') + 1)] ?? 'C#',
      ...(framework ? { framework } : {}),
      place: tree.place(path),
      confidence: 'found',
    },
  ];
}

function frameworkOf(sdk: string, source: string): string | undefined {
  if (/BlazorWebAssembly/.test(sdk)) return 'Blazor';
  if (/<UseMaui>\s*true/i.test(source)) return '.NET MAUI';
  if (/Sdk\.Web$/.test(sdk) || source.includes('Microsoft.AspNetCore.App')) return 'ASP.NET Core';
  return /Sdk\.Worker$/.test(sdk) ? '.NET Worker' : undefined;
}

function typeOf(
  tree: Tree,
  folder: string,
  sdk: string,
  source: string,
  framework: string | undefined,
): NonNullable<ComponentFinding['type']> {
  if (framework === 'Blazor') return 'website';
  if (framework === '.NET MAUI') return 'mobile-app';
  if (/Sdk\.(Web|Worker)$/.test(sdk)) return 'service';
  if (!/<OutputType>\s*(Win)?Exe/i.test(source)) return 'library';
  return hasFile(tree, folder, /^Dockerfile/) ? 'service' : 'tool';
}
