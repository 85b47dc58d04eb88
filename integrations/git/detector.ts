import type { Confidence, Place } from '#model/contribution.ts';

/** The files of one repository at one moment; reading is lazy and cached. */
export interface Tree {
  /** Paths of all tracked (or not ignored) files, `/`-separated, sorted, without a leading slash. */
  readonly files: readonly string[];
  /** Text of a file, or undefined when it is absent, binary, or over 1 MiB. */
  read(path: string): string | undefined;
  /** Is another when the file is; '' when there is none. */
  stamp(path: string): string;
  /** The repository's name as its folder or remote says. Only for naming, never for rules. */
  readonly name: string;
  /** Location ref of a path, for provenance. */
  place(path: string, line?: number): Place;
}

/** One thing that a detector saw. Paths are folders or files within the tree. */
export type Finding =
  | ComponentFinding
  | ApiFinding
  | ResourceFinding
  | OwnerFinding
  | DependencyFinding
  | CiFinding;

interface FindingBase {
  place: Place;
  confidence: Confidence;
}

/** A folder that builds something of its own. Several detectors may speak of one folder. */
export interface ComponentFinding extends FindingBase {
  what: 'component';
  /** Folder within the tree; '' is the root. */
  folder: string;
  /** The name that its manifest gives, if any. */
  name?: string;
  /** Names under which others call it (artifact id, image, workload, spring.application.name). */
  aliases?: string[];
  type?: 'service' | 'website' | 'library' | 'tool' | 'pipeline' | 'mobile-app';
  language?: string;
  framework?: string;
  description?: string;
  tags?: string[];
}

export interface ApiFinding extends FindingBase {
  what: 'api';
  name: string;
  title?: string;
  description?: string;
  type: 'openapi' | 'asyncapi' | 'graphql' | 'grpc';
  definition: string;
  /** Folder of the file; the component around it provides the API unless `providers` says otherwise. */
  folder: string;
  /** Names of services that the definition itself declares (protobuf services). */
  services?: string[];
}

export interface ResourceFinding extends FindingBase {
  what: 'resource';
  name: string;
  type: string;
  aliases?: string[];
  description?: string;
}

/** An owner of all files that match a pattern (CODEOWNERS), or a suggestion from history. */
export interface OwnerFinding extends FindingBase {
  what: 'owner';
  /** Folder to which it applies; '' is the whole repository. */
  folder: string;
  /** As written: `@org/team`, `@person` or an e-mail address. */
  owners: string[];
  note?: string;
}

/** Something in a folder (or the workload called `from`) needs something called `to`. */
export interface DependencyFinding extends FindingBase {
  what: 'dependency';
  /** Folder of the one who depends, or a workload's name where the folder isn't known. */
  from: { folder: string } | { name: string };
  /** Name of the target, matched against names and aliases of the whole estate. */
  to: string;
  /** How it was seen, in words: `env CART_ADDR in k8s/frontend.yaml`. */
  via: string;
  /** protocol hint, where known */
  protocol?: 'http' | 'grpc' | 'library' | 'database' | 'queue';
}

/** A pipeline that builds a folder. */
export interface CiFinding extends FindingBase {
  what: 'ci';
  folder: string;
  system: 'github-actions' | 'gitlab-ci' | 'jenkins';
  name?: string;
}

/** One way of finding things. Each is one file, registered in detectors/index.ts. */
export interface Detector {
  id: string;
  /** Pure over the tree: no clock, no network, no rule that knows a repository's name. */
  detect(tree: Tree): Finding[];
}
