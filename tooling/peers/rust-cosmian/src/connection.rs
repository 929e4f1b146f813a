//! A KMIP connection over mutual TLS: cosmian_kmip makes bytes of each request, and reads each answer.

use std::{io::Write, net::TcpStream, time::Duration};

use cosmian_kmip::kmip_0::kmip_messages::{
    RequestMessage, RequestMessageBatchItemVersioned, RequestMessageHeader, ResponseMessage,
    ResponseMessageBatchItemVersioned,
};
use cosmian_kmip::kmip_0::kmip_types::ProtocolVersion;
use cosmian_kmip::kmip_1_4::kmip_messages::{RequestMessageBatchItem, ResponseMessageBatchItem};
use cosmian_kmip::kmip_1_4::kmip_operations::Operation;
use cosmian_kmip::kmip_1_4::kmip_types::Tag;
use cosmian_kmip::ttlv::{from_ttlv, to_ttlv, KmipFlavor, TTLVBytesDeserializer};
use openssl::ssl::{SslConnector, SslFiletype, SslMethod, SslStream};

pub struct Connection {
    stream: SslStream<TcpStream>,
    version: ProtocolVersion,
}

impl Connection {
    /// `folder` holds ca.pem, cert.pem and key.pem; `version` is like 1.1.
    pub fn open(address: (&str, &str), folder: &str, version: &str) -> Result<Self, String> {
        let (host, port) = address;
        let port = port.parse::<u16>().map_err(text)?;
        let socket = TcpStream::connect((host, port)).map_err(text)?;
        socket.set_read_timeout(Some(Duration::from_secs(30))).map_err(text)?;
        let stream = connector(folder).map_err(text)?.connect(host, socket).map_err(text)?;
        Ok(Self { stream, version: protocol_version(version)? })
    }

    /// The payload of the answer; a refusal is an error.
    pub fn ask(&mut self, request: Operation) -> Result<Operation, String> {
        let item = self.answer(request)?;
        let refused = format!("{} {:?}, {:?}", item.result_status, item.result_reason, item.result_message);
        item.response_payload.ok_or(refused)
    }

    /// The answer, also where it is a refusal.
    pub fn answer(&mut self, request: Operation) -> Result<ResponseMessageBatchItem, String> {
        let bytes = to_ttlv(&self.message(request)).and_then(|ttlv| ttlv.to_bytes(KmipFlavor::Kmip1)).map_err(text)?;
        self.stream.write_all(&bytes).map_err(text)?;
        let (ttlv, _) = TTLVBytesDeserializer::new(&mut self.stream).read_ttlv::<Tag>().map_err(text)?;
        let mut response: ResponseMessage = from_ttlv(ttlv).map_err(text)?;
        match response.batch_item.pop() {
            Some(ResponseMessageBatchItemVersioned::V14(item)) if response.batch_item.is_empty() => Ok(item),
            other => Err(format!("got {other:?}")),
        }
    }

    fn message(&self, request: Operation) -> RequestMessage {
        RequestMessage {
            request_header: RequestMessageHeader {
                protocol_version: self.version,
                batch_count: 1,
                ..Default::default()
            },
            batch_item: vec![RequestMessageBatchItemVersioned::V14(RequestMessageBatchItem::new(request))],
        }
    }
}

fn connector(folder: &str) -> Result<SslConnector, openssl::error::ErrorStack> {
    let mut builder = SslConnector::builder(SslMethod::tls_client())?;
    builder.set_ca_file(format!("{folder}/ca.pem"))?;
    builder.set_certificate_file(format!("{folder}/cert.pem"), SslFiletype::PEM)?;
    builder.set_private_key_file(format!("{folder}/key.pem"), SslFiletype::PEM)?;
    Ok(builder.build())
}

fn protocol_version(text: &str) -> Result<ProtocolVersion, String> {
    let number = |part: &str| part.parse().map_err(|error| format!("version {text}: {error}"));
    let (major, minor) = text.split_once('.').ok_or(format!("version {text} has no dot"))?;
    Ok(ProtocolVersion { protocol_version_major: number(major)?, protocol_version_minor: number(minor)? })
}

fn text(error: impl std::fmt::Display) -> String {
    error.to_string()
}
