import { useCourses } from '../../app/courses';
import { bitRate, bitRatesOf } from '../../copy/format';
import { trendWords as say } from '../../copy/trendWords';
import { useClusterStore } from '../../stores/clusterStore';
import { isLive, useConnectionStore } from '../../stores/connectionStore';
import { movedNow } from './moved';

const MINUTES = 5;

/** What the guests receive and send, both in the unit of the larger. */
export function NetTotal() {
  const clusters = useClusterStore((state) => state.refs.cluster);
  const courses = useCourses(clusters.map((ref) => ({ ref, minutes: MINUTES })));
  const live = useConnectionStore(isLive);
  const moved = live ? movedNow(courses) : undefined;
  const shown = moved && bitRatesOf(moved.received, moved.sent);
  const title = moved ? say.netSpoken(bitRate(moved.received), bitRate(moved.sent)) : say.netUnknown;
  return (
    <span title={title}>
      <span aria-hidden="true">
        <span className="n">{shown ? shown.values[0] : '–'}</span>
        {shown && <span className="n t3">/{shown.values[1]}</span>}
        {shown && <span className="s12 t2 unit">{shown.unit}</span>}
      </span>
      <span className="sr">{title}</span>
    </span>
  );
}
