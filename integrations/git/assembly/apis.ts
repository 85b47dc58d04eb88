import type { ApiFinding, OwnerFinding, Tree } from '../detector.ts';
import { codeFiles } from '../reading/code.ts';
import { nameKey } from '../reading/names.ts';
import { ancestry, folderOf, isWithin } from '../reading/paths.ts';
import { ownersOf } from './components.ts';
import type { FoundApi, FoundComponent } from './inventory.ts';

const GENERATED = /(\.pb\.(go|gw\.go)|_pb2(_grpc)?\.pyi?|_(grpc_)?pb\.(js|ts|d\.ts|rb)|Grpc\.(java|cs))$/;

export function apisOf(findings: readonly ApiFinding[], owners: readonly OwnerFinding[]): FoundApi[] {
  const used = new Set<string>();
  return findings.flatMap((finding) => {
    const parent = finding.folder
      .split('/')
      .filter((part) => !/^(api|apis|spec|src|main|resources|docs|proto|protos)$/.test(part))
      .at(-1);
    const name = [finding.name, `${parent ?? finding.type}-${finding.name}`].find(
      (one) => !used.has(nameKey(one)),
    );
    if (name === undefined) return [];
    used.add(nameKey(name));
    const { what: _what, services, ...rest } = finding;
    return [
      {
        ...rest,
        name: name.slice(0, 63),
        services: services ?? [],
        owners: ownersOf(finding.folder, owners),
      },
    ];
  });
}

/** Writes into the components which APIs they serve and call. */
export function linkApis(tree: Tree, components: readonly FoundComponent[], apis: readonly FoundApi[]): void {
  const byFolder = new Map(components.map((component) => [component.folder, component]));
  const around = (folder: string): FoundComponent | undefined =>
    ancestry(folder).flatMap((at) => byFolder.get(at) ?? [])[0] ??
    (components.length === 1 ? components[0] : undefined);
  for (const api of apis) if (api.type !== 'grpc') add(around(api.folder)?.provides, api.name);
  const grpc = apis.filter((api) => api.type === 'grpc');
  if (grpc.length === 0) return;
  for (const { path } of codeFiles(tree)) {
    const component = around(folderOf(path));
    const source = component && !GENERATED.test(path) ? tree.read(path) : undefined;
    if (!component || !source || !/grpc|proto|tonic|Servicer|Base\b|Client/i.test(source)) continue;
    for (const api of grpc) {
      if (api.services.some((service) => serves(source, service))) add(component.provides, api.name);
      if (api.services.some((service) => calls(source, service) && !serves(source, service)))
        add(component.consumes, api.name);
    }
  }
  // Nothing in the code says who serves it: the component that keeps the definition.
  for (const api of grpc) {
    if (components.some((component) => component.provides.includes(api.name))) continue;
    const keeper = components.find(
      (component) => component.folder !== '' && isWithin(component.folder, api.folder),
    );
    add(keeper?.provides, api.name);
  }
}

function add(names: string[] | undefined, name: string): void {
  if (names && !names.includes(name)) names.push(name);
}

/** What the generators of the usual languages call the server side of a service. */
function serves(source: string, service: string): boolean {
  if (!source.includes(service)) return false;
  return (
    [
      `Register${service}Server`,
      `add_${service}Servicer_to_server`,
      `${service}ImplBase`,
      `${service}CoroutineImplBase`,
      `${service}.${service}Base`,
      `MapGrpcService<${service}`,
      `${service}.service`,
      `${service}Server::new`,
      `${service}::Service`,
    ].some((sign) => source.includes(sign)) || source.includes(`class ${service}Servicer`)
  );
}

function calls(source: string, service: string): boolean {
  if (!source.includes(service)) return false;
  return (
    [
      `New${service}Client`,
      `${service}Stub(`,
      `${service}Grpc.new`,
      `${service}.${service}Client`,
      `${service}Client::`,
      `${service}::Stub`,
    ].some((sign) => source.includes(sign)) ||
    new RegExp(String.raw`new\s+[\w.]+\.${service}\s*\(`).test(source)
  );
}
