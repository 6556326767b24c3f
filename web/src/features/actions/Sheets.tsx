import { useUiStore } from '../../stores/uiStore';
import { AuditSheet } from '../audit/AuditSheet';
import { MaintenanceSheet } from '../maintenance/MaintenanceSheet';
import { SettingsSheet } from '../settings/SettingsSheet';
import { Keys } from '../keys/Keys';
import { More } from '../more/More';
import { Alerts } from '../notifications/Alerts';
import { ConsentSheet } from './ConsentSheet';
import { FormSheet } from './FormSheet';
import { ResultSheet } from './ResultSheet';

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
