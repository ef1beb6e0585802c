"""What can be wrong with the order for a moving picture, as conditions with their English sentence."""

from mapapp.domain.errors import MapappError


class UnknownStep(MapappError):
    """A film is to go on in steps that there are not."""

    sentence = "“{value}” is no step; it goes by change, by day, or by a number of days such as 7d."


class FilmRange(MapappError):
    """A time of a film is no number, or too small or large."""

    sentence = "“{value}” cannot be used for {option}; a film takes {least} to {most} seconds."


class NotForFilms(MapappError):
    """An option of a picture means nothing in a film."""

    sentence = "{option} cannot be “{value}” in a film; {expected}."


class TooManyFrames(MapappError):
    """A film would have more frames than are allowed."""

    sentence = "The film would have {frames} frames; {most} are allowed. Take fewer days, or longer steps."


class FilmTooLarge(MapappError):
    """A film would have more pixels in all than are allowed."""

    sentence = (
        "The film would have {pixels} million pixels in all; {most} million are allowed. Make it smaller or shorter."
    )


class NoEncoder(MapappError):
    """The program that writes MP4 is not installed."""

    sentence = (
        "MP4 needs the package imageio-ffmpeg, which is not installed: pip install 'mapapp[film]'. GIF works without."
    )


class EncoderFailed(MapappError):
    """The program that writes MP4 ended with an error, or took too long."""

    sentence = "The MP4 could not be written: {reason}."


class FilmCancelled(MapappError):
    """Somebody stopped the making of a film."""

    sentence = "The film was cancelled."
