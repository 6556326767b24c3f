import { announceNow } from '../../a11y/announcer';
import { lazily } from '../../app/lazily';
import { shellWords } from '../../copy/shellWords';
import { useUiStore } from '../../stores/uiStore';
import { AuditSheet } from '../audit/AuditSheet';
import { SettingsSheet } from '../settings/SettingsSheet';
import { Keys } from '../keys/Keys';
import { More } from '../more/More';
import { Alerts } from '../notifications/Alerts';

/** Where a sheet cannot be had nothing was asked for yet: it says so and is gone. */
function unloadable(): void {
  const { failed, unloadable: why } = shellWords.more;
  useUiStore.getState().showSheet(undefined);
  useUiStore.getState().addToast({ title: failed, failure: why });
  announceNow(why);
}

const ConsentSheet = lazily(async () => (await import('./ConsentSheet')).ConsentSheet, unloadable);
const FormSheet = lazily(async () => (await import('./FormSheet')).FormSheet, unloadable);
const ResultSheet = lazily(async () => (await import('./ResultSheet')).ResultSheet, unloadable);
const MaintenanceSheet = lazily(async () => (await import('../maintenance/MaintenanceSheet')).MaintenanceSheet, unloadable);

/** The one sheet that may be open. */
export function Sheets() {
  const sheet = useUiStore((state) => state.sheet);
  switch (sheet?.show) {
    case 'consent':
      return <ConsentSheet sheet={sheet} />;
    case 'form':
      return <FormSheet sheet={sheet} />;
    case 'result':
      return <ResultSheet sheet={sheet} />;
    case 'settings':
      return <SettingsSheet section={sheet.section} />;
    case 'keys':
      return <Keys />;
    case 'more':
      return <More />;
    case 'alerts':
      return <Alerts />;
    case 'maintenance':
      return <MaintenanceSheet key={sheet.refs.join(' ')} refs={sheet.refs} name={sheet.name} />;
    case 'audit':
      return <AuditSheet {...(sheet.resource === undefined ? {} : { resource: sheet.resource })} />;
    case undefined:
      return null;
  }
}
