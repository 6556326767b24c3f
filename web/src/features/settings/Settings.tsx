import { useId, useRef, type KeyboardEvent } from 'react';
import { words } from '../../copy/words';
import { useUiStore, type SettingsSection } from '../../stores/uiStore';
import { RegionBoundary } from '../../app/RegionBoundary';
import { AccountSection } from './AccountSection';
import { ClustersSection } from './ClustersSection';
import { ExtensionsSection } from './ExtensionsSection';
import { HealthSection } from './HealthSection';
import { HostsSection } from './HostsSection';
import { ProtectionSection } from './ProtectionSection';
import { RecordingsSection } from './RecordingsSection';
import type { SettingsProps } from './SettingsSheet';
import { SilencesSection } from './SilencesSection';
import { ThresholdsSection } from './ThresholdsSection';
import { TokensSection } from './TokensSection';
import './settings.css';

const sections = Object.keys(words.settings.sections) as SettingsSection[];

function stepOf(key: string, at: number): number | undefined {
  switch (key) {
    case 'ArrowRight':
    case 'ArrowDown':
      return (at + 1) % sections.length;
    case 'ArrowLeft':
    case 'ArrowUp':
      return (at + sections.length - 1) % sections.length;
    case 'Home':
      return 0;
    case 'End':
      return sections.length - 1;
    default:
      return undefined;
  }
}

export function Settings({ section, onUnsaved }: SettingsProps) {
  const id = useId();
  const tabs = useRef<HTMLDivElement>(null);
  const show = (next: SettingsSection) => {
    onUnsaved(false);
    useUiStore.getState().showSheet({ show: 'settings', section: next });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const at = stepOf(event.key, sections.indexOf(section));
    const next = at === undefined ? undefined : sections[at];
    if (next === undefined || at === undefined) return;
    event.preventDefault();
    show(next);
    tabs.current?.querySelectorAll('button')[at]?.focus();
  };
  return (
    <div className="set">
      <div ref={tabs} className="set-tabs" role="tablist" aria-label={words.settings.title} onKeyDown={onKeyDown}>
        {sections.map((name) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`${id}-${name}`}
            aria-selected={name === section}
            aria-controls={name === section ? `${id}-panel` : undefined}
            tabIndex={name === section ? 0 : -1}
            onClick={() => show(name)}
          >
            {words.settings.sections[name]}
          </button>
        ))}
      </div>
      <div className="set-body scroll" role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${section}`} tabIndex={0} data-section={section}>
        <RegionBoundary key={section} name={words.settings.sections[section]}><Section section={section} onUnsaved={onUnsaved} /></RegionBoundary>
      </div>
    </div>
  );
}

function Section({ section, onUnsaved }: SettingsProps) {
  switch (section) {
    case 'account':
      return <AccountSection />;
    case 'tokens':
      return <TokensSection onUnsaved={onUnsaved} />;
    case 'clusters':
      return <ClustersSection />;
    case 'thresholds':
      return <ThresholdsSection />;
    case 'silences':
      return <SilencesSection />;
    case 'protection':
      return <ProtectionSection />;
    case 'hosts':
      return (
        <>
          <HostsSection />
          <RecordingsSection />
        </>
      );
    case 'extensions':
      return <ExtensionsSection />;
    case 'health':
      return <HealthSection />;
  }
}
