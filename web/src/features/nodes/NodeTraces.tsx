import { useCourse } from '../../app/courses';
import { resourceWords } from '../../copy/resourceWords';
import type { Course } from '../../stores/seriesStore';
import type { Resource } from '../../transport/wire';
import { Trace } from '../charts/Trace';
import { ShowChart } from '../presented/ShowChart';

const HOUR_MS = 3_600_000;
const { chart } = resourceWords;

/** CPU, memory and network of the last hour. */
export function NodeTraces({ node }: { node: Resource }) {
  const measured = useCourse({ ref: node.ref, minutes: 60 });
  const recorded = useCourse({ ref: node.ref, recorded: true });
  const span = (course: Course) => ({ from: course.at - HOUR_MS, to: course.at });
  if (!measured && !recorded) return <p className="skeleton" aria-label={chart.waiting} />;
  const failure = measured?.failure ?? recorded?.failure;
  return (
    <>
      <div className="traces" data-traces>
        {measured && <Trace title={chart.figures.cpu} unit="share" lines={[{ points: measured.figures['cpu'] ?? [] }]} span={span(measured)} />}
        {measured && <Trace title={chart.figures.memory} unit="bytes" lines={[{ points: measured.figures['memory'] ?? [] }]} span={span(measured)} most={node.memoryTotalBytes} />}
        {recorded && <Trace title={chart.figures.network} unit="rate" lines={[{ label: chart.figures.netIn, points: recorded.figures['netIn'] ?? [] }, { label: chart.figures.netOut, points: recorded.figures['netOut'] ?? [] }]} span={span(recorded)} />}
      </div>
      <ShowChart item={node} figures={['cpu', 'load', 'memory']} />
      {failure && <p className="t2 s12"><bdi>{chart.failed(failure)}</bdi></p>}
    </>
  );
}
