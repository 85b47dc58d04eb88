/** The fields that templates name with `ui:field`. */
import type { RegistryFieldsType } from '@rjsf/utils';
import {
  EntityPickerField,
  MyGroupsPickerField,
  OwnedEntityPickerField,
  OwnerPickerField,
} from './entity-field.tsx';
import { EntityTagsPickerField, MultiEntityPickerField } from './list-fields.tsx';
import { RepoUrlPickerField } from './repo-url-field.tsx';
import { EntityNamePickerField, SecretField } from './text-fields.tsx';

export const fields: RegistryFieldsType = {
  EntityPicker: EntityPickerField,
  OwnerPicker: OwnerPickerField,
  OwnedEntityPicker: OwnedEntityPickerField,
  MyGroupsPicker: MyGroupsPickerField,
  MultiEntityPicker: MultiEntityPickerField,
  EntityTagsPicker: EntityTagsPickerField,
  EntityNamePicker: EntityNamePickerField,
  RepoUrlPicker: RepoUrlPickerField,
  Secret: SecretField,
};
