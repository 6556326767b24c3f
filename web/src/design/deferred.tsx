import { useEffect, useState, type ComponentType } from 'react';
import { partWords } from '../copy/partWords';

/**
 * A component whose code is fetched when it is first drawn. Where that fails, it says so and can be asked
 * again, without taking its region along.
 */
export function deferred<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  let loaded: ComponentType<P> | undefined;
  return function Deferred(props: P) {
    const [Part, setPart] = useState<ComponentType<P> | undefined>(() => loaded);
    const [failed, setFailed] = useState(false);
    const [attempt, setAttempt] = useState(0);

    useEffect(() => {
      if (loaded) return undefined;
      let wanted = true;
      load().then(
        (part) => {
          loaded = part;
          if (wanted) setPart(() => part);
        },
        () => {
          if (wanted) setFailed(true);
        },
      );
      return () => {
        wanted = false;
      };
    }, [attempt]);

    if (Part) return <Part {...props} />;
    if (!failed) return <p className="skeleton tall" />;
    const again = () => {
      setFailed(false);
      setAttempt(attempt + 1);
    };
    return <p className="notice">{partWords.unloadable} <button type="button" onClick={again}>{partWords.retry}</button></p>;
  };
}
