import type { Confidence, Place } from '#model/contribution.ts';
import type { ApiFinding, CiFinding, ComponentFinding, DependencyFinding } from '../detector.ts';

export interface FoundOwners {
  names: string[];
  place: Place;
  confidence: Confidence;
  note?: string;
}

export interface FoundComponent {
  name: string;
  /** Other names, among them `ecosystem:package` and `image:name`. */
  aliases: string[];
  type: NonNullable<ComponentFinding['type']>;
  language?: string;
  framework?: string;
  folder: string;
  description?: string;
  tags: string[];
  owners: FoundOwners | undefined;
  ci: CiFinding[];
  place: Place;
  confidence: Confidence;
  /** Names of the APIs of this repository that it serves. */
  provides: string[];
  /** Names of those that it calls. */
  consumes: string[];
}

export interface FoundApi {
  name: string;
  title?: string;
  description?: string;
  type: ApiFinding['type'];
  definition: string;
  folder: string;
  services: string[];
  owners: FoundOwners | undefined;
  place: Place;
  confidence: Confidence;
}

export interface FoundResource {
  name: string;
  aliases: string[];
  type: string;
  description?: string;
  owners: FoundOwners | undefined;
  place: Place;
  confidence: Confidence;
}

export interface RepositoryInventory {
  repository: string;
  components: FoundComponent[];
  apis: FoundApi[];
  resources: FoundResource[];
  /** As found; `from` is the name of a component or resource of this repository wherever one is known. */
  dependencies: DependencyFinding[];
}
