import { newPageWords } from '../../copy/newPageWords';
import { Plate } from '../../design/Plate';
import { useNewPageStore } from './newPage';

/** Offers the newer page, and leaves it to the person when: an open terminal or a half typed word is theirs. */
export function NewPageBanner() {
  const there = useNewPageStore((state) => state.there);
  if (!there) return null;
  return (
    <div className="banner" data-banner="new-page" role="status">
      <Plate kind="info">{newPageWords.plate}</Plate>
      <p>
        {newPageWords.lead} <span className="t2">{newPageWords.keeps}</span>
      </p>
      <span className="sp" />
      <button type="button" onClick={() => location.reload()}>{newPageWords.load}</button>
    </div>
  );
}
