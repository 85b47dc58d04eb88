import { CloseButton, Modal } from '@mantine/core';
import { EntityPicker } from '#web/kit/entity-picker.tsx';
import { messages } from '#web/kit/messages.ts';
import styles from './access.module.css';
import { useViewAs } from './use-leave.ts';

const text = messages.access;

/** In local mode: as whom to look at the portal. */
export function ViewAsDialog({ onClose }: { onClose: () => void }) {
  const viewing = useViewAs();
  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={false}
      attributes={{ content: { 'aria-label': text.viewAsTitle } }}
    >
      <div className={styles.dialog}>
        <div className={styles.dialogHead}>
          <h2>{text.viewAsTitle}</h2>
          <CloseButton aria-label={messages.kit.close} onClick={onClose} />
        </div>
        <p className={styles.quiet}>{text.viewAsHint}</p>
        <EntityPicker
          label={text.person}
          value={undefined}
          kinds={['User']}
          autoFocus
          onPick={(ref) => viewing.mutate(ref)}
        />
        {viewing.error && (
          <p role="alert" className={styles.bad}>
            {viewing.error.message}
          </p>
        )}
      </div>
    </Modal>
  );
}
