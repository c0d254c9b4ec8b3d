import { useLingui } from '@lingui/react/macro';
import { type ReactNode, useEffect, useId, useState } from 'react';
import {
  findDevice,
  listDevices,
  onDevicesChanged,
  type SoundDevice,
  type SoundDevices,
} from '../../media/sound-devices.ts';
import type { ChosenDevice } from '../../media/sound-settings.ts';

/** The devices that are there now; asked for again when one comes or goes, or `again` changes. */
export function useDevices(again: unknown): SoundDevices {
  const [devices, setDevices] = useState<SoundDevices>({ inputs: [], outputs: [] });
  // biome-ignore lint/correctness/useExhaustiveDependencies: names are told once the microphone was allowed.
  useEffect(() => {
    let ended = false;
    const look = () => void listDevices().then((found) => !ended && setDevices(found));
    look();
    const stop = onDevicesChanged(look);
    return () => {
      ended = true;
      stop();
    };
  }, [again]);
  return devices;
}

type DeviceChoiceProps = {
  label: ReactNode;
  /** What is played or captured where nothing is chosen. */
  own: string;
  devices: readonly SoundDevice[];
  chosen: ChosenDevice | null;
  onChoose: (device: ChosenDevice | null) => void;
};

/** One device of those that are there. A chosen one that is gone says so, and stays chosen for when it comes back. */
export function DeviceChoice({ label, own, devices, chosen, onChoose }: DeviceChoiceProps) {
  const { t } = useLingui();
  const id = useId();
  const there = findDevice(devices, chosen);
  const named = devices.filter((device) => device.label !== '');
  const gone = chosen !== null && there === null && named.length > 0;
  const name = chosen?.label ?? '';
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="font-semibold">
        {label}
      </label>
      <select
        id={id}
        className="field-box"
        value={there?.id ?? (chosen ? chosen.id : '')}
        aria-describedby={`${id}-note`}
        onChange={({ currentTarget }) => {
          const device = named.find((one) => one.id === currentTarget.value);
          onChoose(device ? { id: device.id, label: device.label } : null);
        }}
      >
        <option value="">{own}</option>
        {chosen && !there && <option value={chosen.id}>{name}</option>}
        {named.map((device) => (
          <option key={device.id} value={device.id}>
            {device.label}
          </option>
        ))}
      </select>
      <p id={`${id}-note`} aria-live="polite" className="text-s text-ink-soft empty:hidden">
        {gone ? t`“${name}” is not there now. Until it is, the device’s own choice is used.` : null}
      </p>
    </div>
  );
}

type SwitchProps = {
  label: ReactNode;
  hint?: ReactNode;
  on: boolean;
  disabled?: boolean;
  onChange: (on: boolean) => void;
};

export function Switch({ label, hint, on, disabled, onChange }: SwitchProps) {
  return (
    <label className={`flex min-h-touch items-center gap-3 ${disabled ? 'text-ink-soft' : ''}`}>
      <input
        type="checkbox"
        className="size-5 shrink-0 accent-lamp"
        checked={on}
        disabled={disabled}
        onChange={({ currentTarget }) => onChange(currentTarget.checked)}
      />
      <span>
        <span className="block font-semibold">{label}</span>
        {hint && <span className="block text-s text-ink-soft">{hint}</span>}
      </span>
    </label>
  );
}
