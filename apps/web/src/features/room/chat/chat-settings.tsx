import { Trans, useLingui } from '@lingui/react/macro';
import { SLOW_MODE_SECONDS } from '@salotto/contract';
import { Segmented } from '../../../ui/index.ts';
import { useAction } from '../../../ui/use-action.ts';
import { useChat, useChatCalls } from './use-chat.ts';

/** What moderators decide about the chat; everybody sees it at once. */
export function ChatSettings() {
  const { t } = useLingui();
  const calls = useChatCalls();
  const { run } = useAction();
  const settings = useChat((state) => state.chat?.settings);
  if (!settings) return null;
  const words = { 0: t({ message: 'Off', comment: 'Slow mode is off' }), 5: t`5 s`, 30: t`30 s`, 120: t`2 min` };
  return (
    <div className="grid gap-3 rounded-m bg-lamp-soft p-3" data-chat-settings>
      <Segmented
        label={t`Who may write`}
        labelShown
        value={settings.open ? 'open' : 'closed'}
        onChange={(value) => void run(() => calls.setSettings({ open: value === 'open' }))}
        options={[
          { value: 'open', label: t`Everybody` },
          { value: 'closed', label: t`Moderators` },
        ]}
      />
      <Segmented
        label={t`Slow mode`}
        labelShown
        value={String(settings.slowModeSeconds)}
        onChange={(value) => {
          const slowModeSeconds = SLOW_MODE_SECONDS.find((seconds) => String(seconds) === value);
          if (slowModeSeconds !== undefined) void run(() => calls.setSettings({ slowModeSeconds }));
        }}
        options={SLOW_MODE_SECONDS.map((seconds) => ({ value: String(seconds), label: words[seconds] }))}
      />
      <p className="text-s text-ink-soft">
        <Trans>In slow mode everybody but moderators waits this long between two messages.</Trans>
      </p>
    </div>
  );
}
