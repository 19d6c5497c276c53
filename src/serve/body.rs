//! The body of a response: bytes in memory, or a stream of chunks.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use hyper::body::{Body as HttpBody, Bytes, Frame, SizeHint};

/// The next chunk of a stream with the state that the chunk after it is made from; `None` at the end.
pub(super) type Chunk<S> = io::Result<Option<(Bytes, S)>>;

/// The pending computation of the next chunk and of the rest of its stream.
type NextChunk = Pin<Box<dyn Future<Output = Chunk<Body>> + Send>>;

/// The body of a response.
pub(super) struct Body(BodyKind);

enum BodyKind {
    Empty,
    Full(Bytes),
    Stream(NextChunk),
}

impl Body {
    /// A body without content.
    pub(super) fn empty() -> Self {
        Self(BodyKind::Empty)
    }

    /// A body of bytes in memory.
    pub(super) fn full(bytes: impl Into<Bytes>) -> Self {
        Self(BodyKind::Full(bytes.into()))
    }

    /// A stream that calls `next` for each chunk, once the client has taken the one before. When the client
    /// disconnects, the state is dropped.
    pub(super) fn stream<S, F>(state: S, next: fn(S) -> F) -> Self
    where
        S: Send + 'static,
        F: Future<Output = Chunk<S>> + Send + 'static,
    {
        Self(BodyKind::Stream(Box::pin(async move {
            Ok(next(state).await?.map(|(bytes, state)| (bytes, Self::stream(state, next))))
        })))
    }
}

impl HttpBody for Body {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let chunk = match &mut self.0 {
            BodyKind::Stream(next) => match next.as_mut().poll(cx) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(chunk) => chunk,
            },
            BodyKind::Full(bytes) => Ok(Some((std::mem::take(bytes), Self::empty()))),
            BodyKind::Empty => Ok(None),
        };
        *self = Self::empty();
        Poll::Ready(match chunk {
            Ok(Some((bytes, rest))) => {
                *self = rest;
                Some(Ok(Frame::data(bytes)))
            }
            Ok(None) => None,
            Err(error) => Some(Err(error)),
        })
    }

    fn is_end_stream(&self) -> bool {
        matches!(self.0, BodyKind::Empty)
    }

    fn size_hint(&self) -> SizeHint {
        match &self.0 {
            BodyKind::Empty => SizeHint::with_exact(0),
            BodyKind::Full(bytes) => SizeHint::with_exact(bytes.len() as u64),
            BodyKind::Stream(_) => SizeHint::default(),
        }
    }
}
