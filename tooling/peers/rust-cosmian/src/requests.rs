//! The requests of the life of one AES key of 256 bits, as cosmian_kmip has them.

use cosmian_kmip::kmip_0::kmip_operations::DiscoverVersions;
use cosmian_kmip::kmip_0::kmip_types::{CryptographicUsageMask, RevocationReason, RevocationReasonCode};
use cosmian_kmip::kmip_1_4::kmip_attributes::Attribute;
use cosmian_kmip::kmip_1_4::kmip_data_structures::{KeyBlock, KeyMaterial, KeyValue, TemplateAttribute};
use cosmian_kmip::kmip_1_4::kmip_objects::{Object, SymmetricKey};
use cosmian_kmip::kmip_1_4::kmip_operations::{
    Activate, AddAttribute, Create, DeleteAttribute, Destroy, Get, GetAttributeList, GetAttributes, Locate,
    ModifyAttribute, Operation, Query, Register, Revoke,
};
use cosmian_kmip::kmip_1_4::kmip_types::{
    CryptographicAlgorithm, KeyFormatType, Name, NameType, ObjectType, QueryFunction,
};

const NAME: &str = "rust-cosmian";

pub fn name() -> Attribute {
    Attribute::Name(Name { name_value: NAME.into(), name_type: NameType::UninterpretedTextString })
}

pub fn contact(text: &str) -> Attribute {
    Attribute::ContactInformation(text.into())
}

pub fn discover_versions() -> Operation {
    Operation::DiscoverVersions(DiscoverVersions { protocol_version: None })
}

pub fn query() -> Operation {
    let functions = vec![QueryFunction::QueryObjects, QueryFunction::QueryServerInformation];
    Operation::Query(Query { query_function: Some(functions) })
}

pub fn create() -> Operation {
    let attributes = vec![
        Attribute::CryptographicAlgorithm(CryptographicAlgorithm::AES),
        Attribute::CryptographicLength(256),
        Attribute::CryptographicUsageMask(CryptographicUsageMask::Encrypt),
        name(),
        Attribute::ObjectGroup(NAME.into()),
    ];
    Operation::Create(Create {
        object_type: ObjectType::SymmetricKey,
        template_attribute: TemplateAttribute { attribute: Some(attributes) },
    })
}

pub fn register() -> Operation {
    let usage = Attribute::CryptographicUsageMask(CryptographicUsageMask::Encrypt);
    Operation::Register(Register {
        object_type: ObjectType::SymmetricKey,
        object: Object::SymmetricKey(SymmetricKey { key_block: key_block(vec![7; 32]) }),
        template_attribute: TemplateAttribute { attribute: Some(vec![usage]) },
    })
}

fn key_block(bytes: Vec<u8>) -> KeyBlock {
    KeyBlock {
        key_format_type: KeyFormatType::Raw,
        key_compression_type: None,
        key_value: Some(KeyValue::Structure { key_material: KeyMaterial::ByteString(bytes.into()), attribute: None }),
        cryptographic_algorithm: Some(CryptographicAlgorithm::AES),
        cryptographic_length: Some(256),
        key_wrapping_data: None,
    }
}

pub fn locate() -> Operation {
    Operation::Locate(Locate {
        maximum_items: None,
        storage_status_mask: None,
        object_group_member: None,
        attribute: Some(vec![name(), Attribute::ObjectGroup(NAME.into())]),
        template_attribute: None,
    })
}

pub fn get(id: &str) -> Operation {
    Operation::Get(Get {
        unique_identifier: Some(id.into()),
        key_format_type: None,
        key_compression_type: None,
        key_wrapping_specification: None,
    })
}

pub fn get_attribute_list(id: &str) -> Operation {
    Operation::GetAttributeList(GetAttributeList { unique_identifier: Some(id.into()) })
}

pub fn get_attributes(id: &str, names: &[&str]) -> Operation {
    let names = names.iter().map(ToString::to_string).collect();
    Operation::GetAttributes(GetAttributes { unique_identifier: Some(id.into()), attribute_name: Some(names) })
}

pub fn add_attribute(id: &str, attribute: Attribute) -> Operation {
    Operation::AddAttribute(AddAttribute { unique_identifier: id.into(), attribute })
}

pub fn modify_attribute(id: &str, attribute: Attribute) -> Operation {
    Operation::ModifyAttribute(ModifyAttribute { unique_identifier: Some(id.into()), attribute })
}

pub fn delete_attribute(id: &str, name: &str) -> Operation {
    Operation::DeleteAttribute(DeleteAttribute {
        unique_identifier: id.into(),
        attribute_name: name.into(),
        attribute_index: None,
    })
}

pub fn activate(id: &str) -> Operation {
    Operation::Activate(Activate { unique_identifier: id.into() })
}

pub fn revoke(id: &str) -> Operation {
    let code = RevocationReasonCode::Superseded;
    Operation::Revoke(Revoke {
        unique_identifier: Some(id.into()),
        revocation_reason: RevocationReason { revocation_reason_code: code, revocation_message: None },
        compromise_occurrence_date: None,
    })
}

pub fn destroy(id: &str) -> Operation {
    Operation::Destroy(Destroy { unique_identifier: id.into() })
}
