/** SQL expression for the ProductSnapshot of a product `p`. */
export const PRODUCT_SNAPSHOT = `jsonb_build_object('id', p.id, 'sku', p.sku, 'slug', p.slug, 'title', p.title,
  'attributes', p.attributes)`;

/** SQL expression for the AttachmentSnapshot of an attachment `a`. */
export const ATTACHMENT_SNAPSHOT = `jsonb_build_object('id', a.id, 'displayOrder', a.display_order,
  'isRequired', a.is_required, 'channelEligibility', a.channel_eligibility, 'metadata', a.metadata)`;
