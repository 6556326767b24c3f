import { useEffect, useState, type ComponentType } from 'react';

/**
 * A part of the page that is fetched when it is first drawn. Where it cannot be had, for the server was updated meanwhile,
 * `onFailure` says so; nothing else of the page is touched.
 */
export function lazily<P extends object>(load: () => Promise<ComponentType<P>>, onFailure: () => void): ComponentType<P> {
  let loaded: ComponentType<P> | undefined;
  return function Lazily(props: P) {
    const [Part, setPart] = useState<ComponentType<P> | undefined>(() => loaded);
    useEffect(() => {
      if (loaded) return undefined;
      let wanted = true;
      load().then((part) => {
        loaded = part;
        if (wanted) setPart(() => part);
      }, onFailure);
      return () => {
        wanted = false;
      };
    }, []);
    return Part ? <Part {...props} /> : null;
  };
}
