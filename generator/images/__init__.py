"""Images as browsers need them: prepared, encoded, without metadata; social images."""
