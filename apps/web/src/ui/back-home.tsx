import { useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { buttonLook } from './button.tsx';

/** From a page of its own back to the hallway; stands at the start of its bar. */
export function BackHome() {
  const { t } = useLingui();
  return (
    <Link to="/" className={buttonLook({ shape: 'round' })} aria-label={t`Back to the hallway`}>
      <ArrowLeft size={20} strokeWidth={1.9} />
    </Link>
  );
}
