//! What an answer is made of: bytes at hand, or pieces that are made one after the other.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use hyper::body::{Body as HttpBody, Bytes, Frame, SizeHint};

/// A piece, and what the next one is made from; nothing after the last.
type Piece<S> = io::Result<Option<(Bytes, S)>>;

/// The next piece while it is made.
type Making = Pin<Box<dyn Future<Output = io::Result<Option<(Bytes, Body)>>> + Send>>;

/// The body of an answer.
pub(super) struct Body(Kind);

enum Kind {
    Empty,
    Whole(Bytes),
    Pieces(Making),
}

impl Body {
    /// Nothing.
    pub(super) fn empty() -> Self {
        Self(Kind::Empty)
    }

    /// Bytes at hand.
    pub(super) fn whole(bytes: impl Into<Bytes>) -> Self {
        Self(Kind::Whole(bytes.into()))
    }

    /// Pieces, each made by `step` when the reader has taken the one before. What `state` holds is let go with the reader.
    pub(super) fn pieces<S, F>(state: S, step: fn(S) -> F) -> Self
    where
        S: Send + 'static,
        F: Future<Output = Piece<S>> + Send + 'static,
    {
        Self(Kind::Pieces(Box::pin(async move {
            Ok(step(state).await?.map(|(bytes, state)| (bytes, Self::pieces(state, step))))
        })))
    }
}

impl HttpBody for Body {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let made = match &mut self.0 {
            Kind::Pieces(making) => match making.as_mut().poll(cx) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(made) => made,
            },
            Kind::Whole(bytes) => Ok(Some((std::mem::take(bytes), Self::empty()))),
            Kind::Empty => Ok(None),
        };
        *self = Self::empty();
        Poll::Ready(match made {
            Ok(Some((bytes, next))) => {
                *self = next;
                Some(Ok(Frame::data(bytes)))
            }
            Ok(None) => None,
            Err(error) => Some(Err(error)),
        })
    }

    fn is_end_stream(&self) -> bool {
        matches!(self.0, Kind::Empty)
    }

    fn size_hint(&self) -> SizeHint {
        match &self.0 {
            Kind::Empty => SizeHint::with_exact(0),
            Kind::Whole(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Kind::Pieces(_) => SizeHint::default(),
        }
    }
}
