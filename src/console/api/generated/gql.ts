/* eslint-disable */
import * as types from './graphql.ts';



/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  fragment AuditObjects_AuditEntry on AuditEntry {\n    objectType\n    objectIds\n  }\n": typeof types.AuditObjects_AuditEntryFragmentDoc,
    "\n  query AuditPage_Query($where: AuditFilter, $after: String, $isNamed: Boolean!) {\n    auditLog(first: 50, where: $where, after: $after) {\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      nodes {\n        id\n        ...AuditPage_Objects\n        ...AuditRow_AuditEntry\n      }\n    }\n    principals(first: 100) @include(if: $isNamed) {\n      nodes {\n        id\n        name\n      }\n    }\n  }\n": typeof types.AuditPage_QueryDocument,
    "\n  fragment AuditPage_Objects on AuditEntry {\n    action\n    objectType\n    objectIds\n  }\n": typeof types.AuditPage_ObjectsFragmentDoc,
    "\n  fragment AuditRow_AuditEntry on AuditEntry {\n    at\n    principal\n    address\n    action\n    rejected\n    times\n    ...AuditObjects_AuditEntry\n    ...StateHashes_AuditEntry\n  }\n": typeof types.AuditRow_AuditEntryFragmentDoc,
    "\n  fragment StateHashes_AuditEntry on AuditEntry {\n    hashBefore\n    hashAfter\n    requestId\n  }\n": typeof types.StateHashes_AuditEntryFragmentDoc,
    "\n  query ObjectNames_Query($ids: [ID!]!) {\n    nodes(ids: $ids) {\n      __typename\n      id\n      ... on Component {\n        key\n        shop\n      }\n      ... on Product {\n        sku\n        shop\n      }\n      ... on Order {\n        number\n        shop\n      }\n      ... on Run {\n        component {\n          name\n        }\n      }\n    }\n  }\n": typeof types.ObjectNames_QueryDocument,
    "\n  query BulkItems_Query($id: ID!, $status: [BulkOperationItemStatus!], $after: String, $orders: Boolean!) {\n    feedCursor\n    bulkOperation(id: $id) {\n      items(first: 100, status: $status, after: $after) {\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        nodes {\n          position\n          status\n          reason\n          runId\n          run {\n            id\n            component {\n              name\n            }\n            product {\n              title\n            }\n            order @include(if: $orders) {\n              number\n            }\n            latestReplay {\n              ...RunChip_Run\n              ...ReplayLink_Run\n            }\n            ...RunChip_Run\n            ...ReplayChanges_Run\n          }\n        }\n      }\n    }\n  }\n": typeof types.BulkItems_QueryDocument,
    "\n  fragment BulkOperationPage_Fields on BulkOperation {\n    kind\n    status\n    actor\n    reason\n    where @include(if: $payloads)\n    createdAt\n    expected\n    done\n    skipped\n    failed\n    ...BulkProgress_BulkOperation\n  }\n": typeof types.BulkOperationPage_FieldsFragmentDoc,
    "\n  query BulkOperationPage_Query($id: ID!, $payloads: Boolean!) {\n    bulkOperation(id: $id) {\n      ...BulkOperationPage_Fields\n    }\n  }\n": typeof types.BulkOperationPage_QueryDocument,
    "\n  subscription BulkOperationPage_Watch($id: ID!, $payloads: Boolean!) {\n    bulkOperationUpdated(id: $id) {\n      ...BulkOperationPage_Fields\n    }\n  }\n": typeof types.BulkOperationPage_WatchDocument,
    "\n  mutation BulkOperationPage_Abort($id: ID!) {\n    abortBulkOperation(id: $id) {\n      operation {\n        id\n      }\n      userErrors {\n        message\n      }\n    }\n  }\n": typeof types.BulkOperationPage_AbortDocument,
    "\n  subscription BulkOutcome_Counts($where: RunFilter!) {\n    runCounts(where: $where) {\n      completed {\n        count\n      }\n      failed {\n        count\n      }\n      canceled {\n        count\n      }\n      running {\n        count\n      }\n      queued {\n        count\n      }\n    }\n  }\n": typeof types.BulkOutcome_CountsDocument,
    "\n  query BulkPage_Query($status: [BulkOperationStatus!], $after: String, $payloads: Boolean!) {\n    feedCursor\n    bulkOperations(first: 25, status: $status, after: $after) {\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      nodes {\n        id\n        ...BulkRow_BulkOperation\n      }\n    }\n  }\n": typeof types.BulkPage_QueryDocument,
    "\n  fragment BulkProgress_BulkOperation on BulkOperation {\n    status\n    expected\n    done\n    skipped\n    failed\n  }\n": typeof types.BulkProgress_BulkOperationFragmentDoc,
    "\n  fragment BulkRow_BulkOperation on BulkOperation {\n    id\n    kind\n    actor\n    reason\n    where @include(if: $payloads)\n    createdAt\n    expected\n    done\n    skipped\n    failed\n    ...BulkProgress_BulkOperation\n  }\n": typeof types.BulkRow_BulkOperationFragmentDoc,
    "\n  query ChangedRuns_Query($id: ID!, $after: String, $status: [BulkOperationItemStatus!]) {\n    bulkOperation(id: $id) {\n      items(first: 100, after: $after, status: $status) {\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        nodes {\n          status\n          runId\n          run {\n            status\n            latestReplay {\n              id\n              status\n            }\n          }\n        }\n      }\n    }\n  }\n": typeof types.ChangedRuns_QueryDocument,
    "\n  fragment ArchiveButton_Component on Component {\n    id\n    name\n    archivedAt\n  }\n": typeof types.ArchiveButton_ComponentFragmentDoc,
    "\n  mutation ArchiveButton_Restore($id: ID!) {\n    restoreComponent(id: $id) {\n      userErrors {\n        message\n      }\n    }\n  }\n": typeof types.ArchiveButton_RestoreDocument,
    "\n  fragment ArchiveDialog_Component on Component {\n    attachments(first: 8) {\n      totalCount\n      totalCountExact\n      nodes {\n        id\n        product {\n          title\n        }\n      }\n    }\n    runs(where: { status: [QUEUED, RUNNING] }, first: 1) @include(if: $runs) {\n      totalCount\n      totalCountExact\n    }\n  }\n": typeof types.ArchiveDialog_ComponentFragmentDoc,
    "\n  query ArchiveDialog_Query($id: ID!, $runs: Boolean!) {\n    component(id: $id) {\n      ...ArchiveDialog_Component\n    }\n  }\n": typeof types.ArchiveDialog_QueryDocument,
    "\n  mutation ArchiveDialog_Archive($id: ID!) {\n    archiveComponent(id: $id) {\n      userErrors {\n        message\n      }\n    }\n  }\n": typeof types.ArchiveDialog_ArchiveDocument,
    "\n  fragment AttachedProducts_Component on Component {\n    key\n    shop\n    attachedTo: attachments(first: 30) {\n      totalCount\n      totalCountExact\n      pageInfo {\n        hasNextPage\n      }\n      nodes {\n        id\n        product {\n          sku\n          shop\n          title\n          problems {\n            attachment {\n              id\n            }\n          }\n        }\n      }\n    }\n  }\n": typeof types.AttachedProducts_ComponentFragmentDoc,
    "\n  fragment ComponentEditor_Component on Component {\n    id\n    key\n    shop\n    name\n    version\n    archivedAt\n    description\n    triggers\n    timeoutSeconds\n    inputSchema\n    script {\n      slug\n      runtime\n      version\n      metadata\n    }\n    retryPolicy {\n      maxAttempts\n      backoff\n      initialDelaySeconds\n      maxDelaySeconds\n    }\n    providerDependencies {\n      key\n      optional\n    }\n    ...ArchiveButton_Component\n    ...AttachedProducts_Component\n    ...VersionList_Component\n  }\n": typeof types.ComponentEditor_ComponentFragmentDoc,
    "\n  mutation ComponentEditor_Update($id: ID!, $input: UpdateComponentInput!) {\n    updateComponent(id: $id, input: $input) {\n      component {\n        ...ComponentEditor_Component\n      }\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n": typeof types.ComponentEditor_UpdateDocument,
    "\n  query ComponentPage_Query($key: String!, $shop: String) {\n    component(key: $key, shop: $shop) {\n      name\n      ...ComponentEditor_Component\n    }\n  }\n": typeof types.ComponentPage_QueryDocument,
    "\n  query DefinitionFields_Query {\n    components(first: 100) {\n      nodes {\n        providerDependencies {\n          key\n        }\n      }\n    }\n  }\n": typeof types.DefinitionFields_QueryDocument,
    "\n  mutation NewComponentPage_Register($input: RegisterComponentInput!) {\n    registerComponent(input: $input) {\n      component {\n        key\n      }\n      userErrors {\n        message\n        path\n      }\n    }\n  }\n": typeof types.NewComponentPage_RegisterDocument,
    "\n  fragment UpdateEffect_Preview on ComponentPreview {\n    isNewVersion\n    checkedAttachments\n    checkedAll\n    problems {\n      code\n      message\n      attachment {\n        id\n        product {\n          sku\n          shop\n          title\n        }\n      }\n    }\n  }\n": typeof types.UpdateEffect_PreviewFragmentDoc,
    "\n  fragment VersionList_Component on Component {\n    versions(first: 20) {\n      nodes {\n        id\n        version\n        createdAt\n        actor\n        actorName\n        triggers\n        timeoutSeconds\n        inputSchema\n        script {\n          slug\n          runtime\n          version\n          metadata\n        }\n        retryPolicy {\n          maxAttempts\n          backoff\n          initialDelaySeconds\n          maxDelaySeconds\n        }\n        providerDependencies {\n          key\n          optional\n        }\n      }\n    }\n  }\n": typeof types.VersionList_ComponentFragmentDoc,
    "\n  query ComponentPreview_Query(\n    $id: ID!\n    $input: UpdateComponentInput!\n    $isStored: Boolean!\n    $inputSchema: JSONObject!\n    $samples: [JSONObject!]!\n  ) {\n    previewComponent(id: $id, input: $input) @include(if: $isStored) {\n      ...UpdateEffect_Preview\n      userErrors {\n        message\n        path\n      }\n    }\n    checkSamples(inputSchema: $inputSchema, samples: $samples) {\n      results {\n        inputErrors {\n          path\n          message\n        }\n      }\n      userErrors {\n        message\n        path\n      }\n    }\n  }\n": typeof types.ComponentPreview_QueryDocument,
    "\n  fragment ComponentRow_Component on Component {\n    key\n    name\n    shop\n    version\n    triggers\n    archivedAt\n    updatedAt\n    attachments(first: 1) {\n      totalCount\n      totalCountExact\n    }\n    ...LastHour_Component\n  }\n": typeof types.ComponentRow_ComponentFragmentDoc,
    "\n  query ComponentsPage_Query($search: String, $includeArchived: Boolean, $runs: Boolean!, $after: String) {\n    components(search: $search, includeArchived: $includeArchived, first: 25, after: $after) {\n      totalCount\n      totalCountExact\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      nodes {\n        id\n        ...ComponentRow_Component\n      }\n    }\n  }\n": typeof types.ComponentsPage_QueryDocument,
    "\n  fragment LastHour_Component on Component {\n    key\n    stats @include(if: $runs) {\n      completed\n      failed\n      latencyP50Ms\n      latencyP95Ms\n    }\n  }\n": typeof types.LastHour_ComponentFragmentDoc,
    "\n  mutation DisableDialog_Disable($id: ID!) {\n    disablePrincipal(id: $id) {\n      principal {\n        id\n      }\n      userErrors {\n        message\n      }\n    }\n  }\n": typeof types.DisableDialog_DisableDocument,
    "\n  fragment EditPrincipalDialog_Principal on Principal {\n    id\n    revision\n    name\n    roles\n    channels\n  }\n": typeof types.EditPrincipalDialog_PrincipalFragmentDoc,
    "\n  mutation EditPrincipalDialog_Update($id: ID!, $input: UpdatePrincipalInput!) {\n    updatePrincipal(id: $id, input: $input) {\n      principal {\n        id\n      }\n      userErrors {\n        message\n        path\n      }\n    }\n  }\n": typeof types.EditPrincipalDialog_UpdateDocument,
    "\n  fragment KeyRow_ApiKey on ApiKey {\n    id\n    environment\n    createdAt\n    lastUsedAt\n    expiresAt\n    revokedAt\n  }\n": typeof types.KeyRow_ApiKeyFragmentDoc,
    "\n  mutation KeyRow_Revoke($id: ID!) {\n    revokeApiKey(id: $id) {\n      apiKey {\n        id\n      }\n      userErrors {\n        message\n      }\n    }\n  }\n": typeof types.KeyRow_RevokeDocument,
    "\n  query KeysPage_Query($after: String) {\n    channels\n    principals(first: 20, after: $after) {\n      totalCount\n      totalCountExact\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      nodes {\n        id\n        ...PrincipalCard_Principal\n      }\n    }\n  }\n": typeof types.KeysPage_QueryDocument,
    "\n  mutation NewPrincipalDialog_Create($input: CreatePrincipalInput!) {\n    createPrincipal(input: $input) {\n      principal {\n        id\n      }\n      userErrors {\n        message\n        path\n      }\n    }\n  }\n": typeof types.NewPrincipalDialog_CreateDocument,
    "\n  fragment PrincipalCard_Principal on Principal {\n    id\n    name\n    kind\n    roles\n    permissions\n    channels\n    createdAt\n    disabledAt\n    ...EditPrincipalDialog_Principal\n    apiKeys {\n      id\n      revokedAt\n      expiresAt\n      ...KeyRow_ApiKey\n    }\n  }\n": typeof types.PrincipalCard_PrincipalFragmentDoc,
    "\n  mutation NewKey_Create($input: CreateApiKeyInput!) {\n    createApiKey(input: $input) {\n      key\n      userErrors {\n        message\n      }\n    }\n  }\n": typeof types.NewKey_CreateDocument,
    "\n  fragment ReplayChanges_Run on Run {\n    id\n    latestReplay {\n      id\n      replayOf {\n        id\n      }\n    }\n  }\n": typeof types.ReplayChanges_RunFragmentDoc,
    "\n  subscription RunChanges_Feed($where: RunFilter!, $after: String) {\n    runEvents(where: $where, after: $after) {\n      cursor\n    }\n  }\n": typeof types.RunChanges_FeedDocument,
    "\n  query AutomationDialog_Plan($input: RunOrderAutomationInput!, $orderId: ID!) {\n    channels\n    orderAutomationPlan(input: $input) {\n      decision\n      ...PlanTable_Step\n    }\n    order(id: $orderId) {\n      runs(first: 100) {\n        nodes {\n          ...PlanTable_Run\n        }\n      }\n    }\n  }\n": typeof types.AutomationDialog_PlanDocument,
    "\n  query AutomationDialog_Components($input: RunOrderAutomationInput!) {\n    orderAutomationPlan(input: $input) {\n      attachment {\n        component {\n          id\n          name\n        }\n      }\n    }\n  }\n": typeof types.AutomationDialog_ComponentsDocument,
    "\n  mutation AutomationDialog_Run($input: RunOrderAutomationInput!) {\n    runOrderAutomation(input: $input) {\n      groupId\n      userErrors {\n        message\n      }\n    }\n  }\n": typeof types.AutomationDialog_RunDocument,
    "\n  fragment GroupList_RunGroup on RunGroup {\n    id\n    kind\n    createdAt\n    ...GroupProgress_RunGroup\n  }\n": typeof types.GroupList_RunGroupFragmentDoc,
    "\n  query GroupPage_Query($id: ID!, $payloads: Boolean!, $withOpenSteps: Boolean!) {\n    feedCursor\n    group(id: $id) {\n      kind\n      createdAt\n      actor\n      ...GroupProgress_RunGroup\n      order {\n        id\n        number\n        shop\n        lines {\n          ...OrderJourney_Line\n        }\n      }\n      runs(first: 100) {\n        ...OrderJourney_Runs\n      }\n      skipped(first: 100) {\n        ...OrderJourney_Skipped\n      }\n    }\n  }\n": typeof types.GroupPage_QueryDocument,
    "\n  fragment GroupProgress_RunGroup on RunGroup {\n    counts {\n      completed {\n        count\n      }\n      failed {\n        count\n      }\n      canceled {\n        count\n      }\n      running {\n        count\n      }\n      queued {\n        count\n      }\n    }\n    unsuccessful: runs(first: 100, where: { status: [FAILED, CANCELED] }) {\n      nodes {\n        status\n        latestReplay {\n          status\n        }\n      }\n    }\n  }\n": typeof types.GroupProgress_RunGroupFragmentDoc,
    "\n  fragment OrderJourney_Line on OrderLine {\n    position\n    sku\n    quantity\n    payload @include(if: $payloads)\n    product {\n      sku\n      shop\n      title\n      journeyComponents @include(if: $withOpenSteps) {\n        id\n        displayOrder\n        component {\n          name\n        }\n      }\n    }\n  }\n": typeof types.OrderJourney_LineFragmentDoc,
    "\n  fragment OrderJourney_Runs on RunConnection {\n    totalCount\n    totalCountExact\n    nodes {\n      id\n      orderLine {\n        position\n      }\n      attachment {\n        id\n        displayOrder\n      }\n      component {\n        name\n      }\n      replayOf {\n        id\n      }\n      ...StepRun_Run\n    }\n  }\n": typeof types.OrderJourney_RunsFragmentDoc,
    "\n  fragment OrderJourney_Skipped on SkippedAttachmentConnection {\n    nodes {\n      reason\n      line {\n        position\n      }\n      attachment {\n        id\n        displayOrder\n        component {\n          name\n        }\n      }\n    }\n  }\n": typeof types.OrderJourney_SkippedFragmentDoc,
    "\n  query OrderPage_Query($number: String!, $shop: String, $payloads: Boolean!, $withOpenSteps: Boolean!) {\n    feedCursor\n    order(number: $number, shop: $shop) {\n      id\n      shop\n      placedAt\n      forgottenAt\n      payload @include(if: $payloads)\n      groups {\n        ...GroupList_RunGroup\n      }\n      lines {\n        ...OrderJourney_Line\n      }\n      runs(first: 100) {\n        ...OrderJourney_Runs\n      }\n      skipped(first: 100) {\n        ...OrderJourney_Skipped\n      }\n    }\n  }\n": typeof types.OrderPage_QueryDocument,
    "\n  fragment PlanTable_Step on JourneyStep {\n    decision\n    reason\n    line {\n      position\n      sku\n      product {\n        title\n      }\n    }\n    attachment {\n      id\n      component {\n        name\n      }\n    }\n  }\n": typeof types.PlanTable_StepFragmentDoc,
    "\n  fragment PlanTable_Run on Run {\n    orderLine {\n      position\n    }\n    attachment {\n      id\n    }\n  }\n": typeof types.PlanTable_RunFragmentDoc,
    "\n  fragment StepRun_Run on Run {\n    id\n    status\n    error {\n      message\n    }\n    ...RunChip_Run\n    latestReplay {\n      id\n      status\n      error {\n        message\n      }\n      ...RunChip_Run\n    }\n  }\n": typeof types.StepRun_RunFragmentDoc,
    "\n  query CheckoutFields_Channels {\n    channels\n  }\n": typeof types.CheckoutFields_ChannelsDocument,
    "\n  query OrderLines_Products($search: String, $shop: String) {\n    products(search: $search, shop: $shop, first: 20) {\n      nodes {\n        sku\n      }\n    }\n  }\n": typeof types.OrderLines_ProductsDocument,
    "\n  fragment OrderRow_Order on Order {\n    number\n    shop\n    placedAt\n    lines {\n      sku\n      product {\n        title\n      }\n    }\n    runs(first: 20) {\n      totalCount\n      nodes {\n        status\n        latestReplay {\n          status\n        }\n      }\n    }\n  }\n": typeof types.OrderRow_OrderFragmentDoc,
    "\n  query OrdersPage_Query($search: String, $after: String) {\n    feedCursor\n    orders(search: $search, first: 25, after: $after) {\n      totalCount\n      totalCountExact\n      pageInfo {\n        endCursor\n        hasNextPage\n      }\n      nodes {\n        id\n        ...OrderRow_Order\n      }\n    }\n  }\n": typeof types.OrdersPage_QueryDocument,
    "\n  mutation RecordOrder_Alone($input: RecordOrderInput!) {\n    recorded: recordOrder(input: $input) {\n      order {\n        number\n        shop\n      }\n      userErrors {\n        message\n      }\n    }\n  }\n": typeof types.RecordOrder_AloneDocument,
    "\n  mutation RecordOrder_Checkout($input: EnqueueCheckoutRunsInput!) {\n    recorded: enqueueCheckoutRuns(input: $input) {\n      order {\n        number\n        shop\n      }\n      userErrors {\n        message\n      }\n    }\n  }\n": typeof types.RecordOrder_CheckoutDocument,
    "\n  query Actor_Query {\n    principals(first: 100) {\n      nodes {\n        id\n        name\n      }\n    }\n  }\n": typeof types.Actor_QueryDocument,
    "\n  query BulkConfirm_Preview($kind: BulkOperationKind!, $where: RunFilter!) {\n    bulkPreview(kind: $kind, where: $where) {\n      expected\n      applicable\n      byStatus {\n        status\n        count\n        applies\n      }\n      userErrors {\n        message\n      }\n    }\n  }\n": typeof types.BulkConfirm_PreviewDocument,
    "\n  fragment ReplayLink_Run on Run {\n    id\n    status\n    runAt\n    attempt\n    cancelRequestedAt\n  }\n": typeof types.ReplayLink_RunFragmentDoc,
    "\n  fragment RunChip_Run on Run {\n    id\n    status\n    error {\n      code\n    }\n    ...StatusBadge_Run\n  }\n": typeof types.RunChip_RunFragmentDoc,
    "\n  fragment StatusBadge_Run on Run {\n    status\n    runAt\n    attempt\n    cancelRequestedAt\n  }\n": typeof types.StatusBadge_RunFragmentDoc,
    "\n  query EchoRunner_Query {\n    system {\n      runner {\n        kind\n      }\n    }\n  }\n": typeof types.EchoRunner_QueryDocument,
    "\n  query ReplayedRuns_Query($where: RunFilter!) {\n    runs(where: $where, first: 100) {\n      nodes {\n        id\n        latestReplay {\n          id\n          status\n        }\n      }\n    }\n  }\n": typeof types.ReplayedRuns_QueryDocument,
    "\n  mutation StartBulk_Retry($where: RunFilter!, $idempotencyKey: String) {\n    started: bulkRetryRuns(where: $where, idempotencyKey: $idempotencyKey) {\n      operation {\n        id\n      }\n      userErrors {\n        message\n      }\n    }\n  }\n": typeof types.StartBulk_RetryDocument,
    "\n  mutation StartBulk_Replay($where: RunFilter!, $idempotencyKey: String) {\n    started: bulkReplayRuns(where: $where, idempotencyKey: $idempotencyKey) {\n      operation {\n        id\n      }\n      userErrors {\n        message\n      }\n    }\n  }\n": typeof types.StartBulk_ReplayDocument,
    "\n  mutation StartBulk_Cancel($where: RunFilter!, $idempotencyKey: String, $reason: String) {\n    started: bulkCancelRuns(where: $where, idempotencyKey: $idempotencyKey, reason: $reason) {\n      operation {\n        id\n      }\n      userErrors {\n        message\n      }\n    }\n  }\n": typeof types.StartBulk_CancelDocument,
    "\n  query AddStep_Linked($key: String!, $shop: String) {\n    component(key: $key, shop: $shop) {\n      id\n      key\n      name\n      triggers\n      inputSchema\n      archivedAt\n    }\n  }\n": typeof types.AddStep_LinkedDocument,
    "\n  query AddStep_Query($search: String, $shop: String) {\n    components(search: $search, shop: $shop, first: 50) {\n      nodes {\n        id\n        key\n        name\n        triggers\n        inputSchema\n      }\n    }\n  }\n": typeof types.AddStep_QueryDocument,
    "\n  subscription Composer_Updated($id: ID!) {\n    productUpdated(id: $id) {\n      revision\n      ...Composer_Product\n    }\n  }\n": typeof types.Composer_UpdatedDocument,
    "\n  fragment Composer_Product on Product {\n    id\n    sku\n    shop\n    title\n    revision\n    attributes\n    journeyComponents {\n      id\n      channelEligibility\n      isRequired\n      metadata\n      component {\n        id\n        key\n        name\n        triggers\n        inputSchema\n        archivedAt\n      }\n      bindings {\n        __typename\n        inputKey\n        required\n        ... on StaticBinding {\n          value\n          secret\n        }\n        ... on SecretBinding {\n          name\n        }\n        ... on RuntimeBinding {\n          path\n        }\n        ... on ProductFieldBinding {\n          path\n        }\n      }\n    }\n  }\n": typeof types.Composer_ProductFragmentDoc,
    "\n  query ProductPage_Query($sku: String!, $shop: String) {\n    product(sku: $sku, shop: $shop) {\n      ...Composer_Product\n    }\n  }\n": typeof types.ProductPage_QueryDocument,
    "\n  mutation RunStepDialog_Enqueue($input: EnqueueRunInput!) {\n    enqueueRun(input: $input) {\n      run {\n        id\n      }\n      userErrors {\n        message\n      }\n    }\n  }\n": typeof types.RunStepDialog_EnqueueDocument,
    "\n  query SampleSelect_Query($where: RunFilter!, $cameFrom: RunFilter!, $orders: Boolean!, $runs: Boolean!) {\n    cameFrom: runs(where: $cameFrom, first: 1) @include(if: $runs) {\n      nodes {\n        ...SampleSelect_Run\n      }\n    }\n    orders(first: 5) @include(if: $orders) {\n      nodes {\n        number\n        payload\n        lines {\n          sku\n          quantity\n          position\n          payload\n        }\n      }\n    }\n    runs(where: $where, first: 3) @include(if: $runs) {\n      nodes {\n        ...SampleSelect_Run\n      }\n    }\n  }\n": typeof types.SampleSelect_QueryDocument,
    "\n  fragment SampleSelect_Run on Run {\n    id\n    queuedAt\n    inputPayload\n    context\n    metadata\n  }\n": typeof types.SampleSelect_RunFragmentDoc,
    "\n  query StepEditor_Query($runs: Boolean!, $secrets: Boolean!) {\n    channels @include(if: $runs)\n    secrets @include(if: $secrets) {\n      name\n    }\n  }\n": typeof types.StepEditor_QueryDocument,
    "\n  subscription WatchedRun_Run($id: ID!, $payloads: Boolean!) {\n    runUpdated(id: $id) {\n      status\n      resultPayload @include(if: $payloads)\n      error {\n        message\n      }\n      ...StatusBadge_Run\n    }\n  }\n": typeof types.WatchedRun_RunDocument,
    "\n  query StepPreview_Query($input: EnqueueRunInput!, $product: SaveProductInput, $attachment: AttachmentInput) {\n    previewRun(input: $input, product: $product, attachment: $attachment) {\n      request\n      userErrors {\n        message\n        path\n      }\n      inputErrors {\n        path\n        message\n      }\n      bindings {\n        resolved\n        value\n        reason\n        binding {\n          inputKey\n          required\n        }\n      }\n    }\n  }\n": typeof types.StepPreview_QueryDocument,
    "\n  query Problems_Query($sku: String!, $shop: String) {\n    product(sku: $sku, shop: $shop) {\n      revision\n      problems {\n        message\n        attachment {\n          id\n        }\n      }\n    }\n  }\n": typeof types.Problems_QueryDocument,
    "\n  mutation Composer_Save($input: SaveProductInput!) {\n    saveProduct(input: $input) {\n      product {\n        ...Composer_Product\n      }\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n": typeof types.Composer_SaveDocument,
    "\n  mutation NewProductDialog_Save($input: SaveProductInput!) {\n    saveProduct(input: $input) {\n      product {\n        sku\n      }\n      userErrors {\n        message\n        path\n      }\n    }\n  }\n": typeof types.NewProductDialog_SaveDocument,
    "\n  fragment ProductRow_Product on Product {\n    sku\n    shop\n    title\n    updatedAt\n    journeyComponents {\n      id\n      component {\n        name\n      }\n    }\n    problems @include(if: $isProblems) {\n      code\n      message\n      attachment {\n        id\n        component {\n          name\n        }\n      }\n    }\n  }\n": typeof types.ProductRow_ProductFragmentDoc,
    "\n  query ProductsPage_Component($key: String!, $shop: String) {\n    component(key: $key, shop: $shop) {\n      id\n      name\n    }\n  }\n": typeof types.ProductsPage_ComponentDocument,
    "\n  query ProductsPage_Query(\n    $search: String\n    $componentId: ID\n    $hasProblems: Boolean\n    $isProblems: Boolean!\n    $after: String\n  ) {\n    products(\n      search: $search\n      componentId: $componentId\n      hasProblems: $hasProblems\n      first: 25\n      after: $after\n    ) {\n      totalCount\n      totalCountExact\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      nodes {\n        id\n        ...ProductRow_Product\n      }\n    }\n  }\n": typeof types.ProductsPage_QueryDocument,
    "\n  fragment AttemptLanes_Run on Run {\n    runAt\n    completedAt\n    attempts {\n      number\n      startedAt\n      workerId\n      idempotencyKey\n    }\n    events(first: 100) {\n      nodes {\n        type\n        at\n        attempt\n        runAt\n        error {\n          code\n          message\n        }\n        telemetry {\n          latencyMs\n        }\n      }\n    }\n  }\n": typeof types.AttemptLanes_RunFragmentDoc,
    "\n  fragment BindingSource_Binding on Binding {\n    __typename\n    ... on StaticBinding {\n      value\n      secret\n    }\n    ... on SecretBinding {\n      name\n    }\n    ... on RuntimeBinding {\n      path\n    }\n    ... on ProductFieldBinding {\n      path\n    }\n  }\n": typeof types.BindingSource_BindingFragmentDoc,
    "\n  fragment BindingTable_Run on Run {\n    request\n    resolvedBindings\n    bindingSnapshot {\n      inputKey\n      required\n      ...BindingSource_Binding\n    }\n  }\n": typeof types.BindingTable_RunFragmentDoc,
    "\n  fragment CancelDialog_Run on Run {\n    id\n    status\n  }\n": typeof types.CancelDialog_RunFragmentDoc,
    "\n  mutation CancelDialog_Cancel($id: ID!, $reason: String) {\n    cancelRun(id: $id, reason: $reason) {\n      run {\n        id\n      }\n      userErrors {\n        message\n      }\n    }\n  }\n": typeof types.CancelDialog_CancelDocument,
    "\n  fragment CopyMenu_Run on Run {\n    request @include(if: $payloads)\n    channel\n    trigger\n    inputPayload @include(if: $payloads)\n    context @include(if: $payloads)\n    metadata @include(if: $payloads)\n    component {\n      id\n    }\n    product {\n      id\n    }\n    attachment {\n      id\n    }\n  }\n": typeof types.CopyMenu_RunFragmentDoc,
    "\n  fragment EventTable_Run on Run {\n    events(first: 100) {\n      nodes {\n        sequence\n        at\n        type\n        attempt\n        actor\n        reason\n        error {\n          message\n        }\n        telemetry {\n          errorPreview @include(if: $payloads)\n        }\n      }\n    }\n  }\n": typeof types.EventTable_RunFragmentDoc,
    "\n  fragment FaultList_Run on Run {\n    id\n    product {\n      sku\n      shop\n    }\n    attachment {\n      id\n    }\n    bindingSnapshot {\n      inputKey\n      ...BindingSource_Binding\n    }\n  }\n": typeof types.FaultList_RunFragmentDoc,
    "\n  fragment ReplayDialog_Run on Run {\n    id\n    request\n    inputPayload\n    product {\n      sku\n      shop\n    }\n    attachment {\n      id\n    }\n  }\n": typeof types.ReplayDialog_RunFragmentDoc,
    "\n  mutation ReplayDialog_Replay($id: ID!, $input: ReplayRunInput) {\n    replayRun(id: $id, input: $input) {\n      run {\n        id\n      }\n      userErrors {\n        message\n      }\n    }\n  }\n": typeof types.ReplayDialog_ReplayDocument,
    "\n  fragment RunActions_Run on Run {\n    id\n    status\n    forgottenAt\n    attachment {\n      id\n    }\n    error {\n      code\n    }\n    ...CancelDialog_Run\n    ...CopyMenu_Run\n    ...ReplayDialog_Run @include(if: $payloads)\n  }\n": typeof types.RunActions_RunFragmentDoc,
    "\n  mutation RunActions_Retry($id: ID!) {\n    retryRun(id: $id) {\n      run {\n        id\n      }\n      userErrors {\n        message\n      }\n    }\n  }\n": typeof types.RunActions_RetryDocument,
    "\n  fragment RunBody_Run on Run {\n    id\n    component {\n      name\n    }\n    replayOf {\n      id\n    }\n    ...StatusBadge_Run\n    ...RunActions_Run\n    ...RunVerdict_Run\n    ...AttemptLanes_Run\n    ...RunFacts_Run\n    ...RunContents_Run\n  }\n": typeof types.RunBody_RunFragmentDoc,
    "\n  fragment RunContents_Run on Run {\n    request @include(if: $payloads)\n    resultPayload @include(if: $payloads)\n    inputPayload @include(if: $payloads)\n    context @include(if: $payloads)\n    metadata @include(if: $payloads)\n    ...BindingTable_Run @include(if: $payloads)\n    ...EventTable_Run\n  }\n": typeof types.RunContents_RunFragmentDoc,
    "\n  fragment RunFacts_Run on Run {\n    queuedAt\n    startedAt\n    completedAt\n    channel\n    trigger\n    priority\n    groupId\n    idempotencyKey\n    component {\n      key\n    }\n    componentVersion {\n      version\n    }\n    product {\n      sku\n      shop\n      title\n    }\n    order @include(if: $orders) {\n      number\n      shop\n    }\n    replays(first: 5) {\n      nodes {\n        id\n      }\n    }\n  }\n": typeof types.RunFacts_RunFragmentDoc,
    "\n  fragment RunVerdict_Run on Run {\n    status\n    latestReplay {\n      status\n      ...ReplayLink_Run\n    }\n    attempt\n    maxAttempts\n    lostAttempts\n    runAt\n    startedAt\n    completedAt\n    cancelRequestedAt\n    error {\n      code\n      message\n      detail @include(if: $payloads)\n      retryable\n    }\n    telemetry {\n      errorPreview @include(if: $payloads)\n    }\n    events(first: 100) {\n      nodes {\n        type\n        at\n        attempt\n        runAt\n        reason\n        error {\n          code\n          message\n        }\n        telemetry {\n          latencyMs\n        }\n      }\n    }\n    ...FaultList_Run @include(if: $payloads)\n  }\n": typeof types.RunVerdict_RunFragmentDoc,
    "\n  query UseReplayPreview_Query($id: ID!, $input: ReplayRunInput) {\n    previewReplay(id: $id, input: $input) {\n      request\n      userErrors {\n        message\n      }\n      inputErrors {\n        path\n        message\n      }\n      bindings {\n        reason\n        binding {\n          inputKey\n          required\n          ... on ProductFieldBinding {\n            path\n          }\n          ... on RuntimeBinding {\n            path\n          }\n        }\n      }\n    }\n  }\n": typeof types.UseReplayPreview_QueryDocument,
    "\n  query RunPage_Query($id: ID!, $payloads: Boolean!, $orders: Boolean!) {\n    feedCursor\n    run(id: $id) {\n      ...ReplayChanges_Run\n      ...RunBody_Run\n    }\n  }\n": typeof types.RunPage_QueryDocument,
    "\n  subscription RunPage_Feed($id: ID!, $payloads: Boolean!, $orders: Boolean!, $after: String) {\n    runEvents(where: { runId: [$id] }, after: $after) {\n      cursor\n      run {\n        ...ReplayChanges_Run\n        ...RunBody_Run\n      }\n    }\n  }\n": typeof types.RunPage_FeedDocument,
    "\n  fragment EndedChart_Bucket on RunStatsBucket {\n    from\n    completed\n    failed\n    canceled\n  }\n": typeof types.EndedChart_BucketFragmentDoc,
    "\n  fragment ErrorGroupRow_RunErrorGroup on RunErrorGroup {\n    code\n    message\n    count\n    firstAt\n    lastAt\n    component {\n      key\n      name\n    }\n    latestRun {\n      latestReplay {\n        ...ReplayLink_Run\n      }\n    }\n  }\n": typeof types.ErrorGroupRow_RunErrorGroupFragmentDoc,
    "\n  query ErrorGroups_Query($where: RunFilter!) {\n    feedCursor\n    runErrors(where: $where, first: 50) {\n      code\n      message\n      component {\n        key\n      }\n      latestRun {\n        ...ReplayChanges_Run\n      }\n      ...ErrorGroupRow_RunErrorGroup\n    }\n  }\n": typeof types.ErrorGroups_QueryDocument,
    "\n  query FilterEditor_Components($search: String) {\n    components(search: $search, first: 50, includeArchived: true) {\n      nodes {\n        key\n      }\n    }\n  }\n": typeof types.FilterEditor_ComponentsDocument,
    "\n  query FilterEditor_Products($search: String) {\n    products(search: $search, first: 50) {\n      nodes {\n        sku\n      }\n    }\n  }\n": typeof types.FilterEditor_ProductsDocument,
    "\n  query FilterEditor_Orders($search: String) {\n    orders(search: $search, first: 50) {\n      nodes {\n        number\n      }\n    }\n  }\n": typeof types.FilterEditor_OrdersDocument,
    "\n  query FilterEditor_Channels {\n    channels\n  }\n": typeof types.FilterEditor_ChannelsDocument,
    "\n  query PathFilterForm_Query($where: RunFilter!, $first: Int!) {\n    runs(where: $where, first: $first) {\n      nodes {\n        inputPayload\n        metadata\n        context\n      }\n    }\n  }\n": typeof types.PathFilterForm_QueryDocument,
    "\n  fragment RunOutcome_Run on Run {\n    status\n    attempt\n    maxAttempts\n    runAt\n    startedAt\n    completedAt\n    error {\n      code\n      message\n    }\n  }\n": typeof types.RunOutcome_RunFragmentDoc,
    "\n  fragment RunRow_Run on Run {\n    queuedAt\n    channel\n    trigger\n    priority\n    component {\n      key\n      name\n    }\n    product {\n      sku\n      title\n    }\n    order @include(if: $orders) {\n      number\n    }\n    ...StatusBadge_Run\n    ...RunOutcome_Run\n  }\n": typeof types.RunRow_RunFragmentDoc,
    "\n  mutation SaveViewForm_Save($input: SaveViewInput!) {\n    saveView(input: $input) {\n      view {\n        id\n      }\n      userErrors {\n        message\n      }\n    }\n  }\n": typeof types.SaveViewForm_SaveDocument,
    "\n  query ShownReplays_Query($ids: [ID!]!) {\n    feedCursor\n    runs(where: { runId: $ids }, first: 100) {\n      nodes {\n        id\n        ...ReplayChanges_Run\n        latestReplay {\n          ...ReplayLink_Run\n        }\n      }\n    }\n  }\n": typeof types.ShownReplays_QueryDocument,
    "\n  fragment StatusTabs_Count on BoundedCount {\n    count\n    exact\n  }\n": typeof types.StatusTabs_CountFragmentDoc,
    "\n  subscription StatusTabs_Counts($where: RunFilter) {\n    runCounts(where: $where) {\n      queued {\n        ...StatusTabs_Count\n      }\n      running {\n        ...StatusTabs_Count\n      }\n      completed {\n        ...StatusTabs_Count\n      }\n      failed {\n        ...StatusTabs_Count\n      }\n      canceled {\n        ...StatusTabs_Count\n      }\n    }\n  }\n": typeof types.StatusTabs_CountsDocument,
    "\n  fragment ViewList_SavedView on SavedView {\n    id\n    name\n    address\n    isOwn\n    isShared\n  }\n": typeof types.ViewList_SavedViewFragmentDoc,
    "\n  mutation ViewList_Delete($id: ID!) {\n    deleteView(id: $id) {\n      userErrors {\n        message\n      }\n    }\n  }\n": typeof types.ViewList_DeleteDocument,
    "\n  query ViewsButton_Query {\n    savedViews(page: \"runs\") {\n      ...ViewList_SavedView\n    }\n  }\n": typeof types.ViewsButton_QueryDocument,
    "\n  fragment ListedRun_Run on Run {\n    id\n    sequence\n    status\n    priority\n    completedAt\n    error {\n      code\n    }\n    ...RunRow_Run\n  }\n": typeof types.ListedRun_RunFragmentDoc,
    "\n  query RunList_Page($where: RunFilter!, $first: Int!, $after: String, $orders: Boolean!, $isFirst: Boolean!) {\n    feedCursor @include(if: $isFirst)\n    runs(where: $where, first: $first, after: $after) {\n      totalCount @include(if: $isFirst)\n      totalCountExact @include(if: $isFirst)\n      pageInfo {\n        endCursor\n        hasNextPage\n      }\n      nodes {\n        ...ListedRun_Run\n      }\n    }\n  }\n": typeof types.RunList_PageDocument,
    "\n  subscription RunList_Feed($where: RunFilter!, $after: String, $orders: Boolean!) {\n    runEvents(where: $where, after: $after) {\n      cursor\n      run {\n        ...ListedRun_Run\n      }\n    }\n  }\n": typeof types.RunList_FeedDocument,
    "\n  query RunList_Product($sku: String!) {\n    product(sku: $sku) {\n      id\n    }\n  }\n": typeof types.RunList_ProductDocument,
    "\n  fragment ChartStats_Ended on RunStats {\n    since\n    completed\n    failed\n    latencyP50Ms\n    latencyP95Ms\n    series {\n      ...EndedChart_Bucket\n    }\n  }\n": typeof types.ChartStats_EndedFragmentDoc,
    "\n  subscription ChartStats_Hour($where: RunFilter) {\n    runStats(where: $where) {\n      queued\n      running\n      oldestQueuedSeconds\n      ...ChartStats_Ended\n    }\n  }\n": typeof types.ChartStats_HourDocument,
    "\n  query ChartStats_Range($where: RunFilter, $range: RunStatsRange!) {\n    runStats(where: $where, range: $range) {\n      ...ChartStats_Ended\n    }\n  }\n": typeof types.ChartStats_RangeDocument,
    "\n  subscription ServiceBanners_Stats {\n    runStats {\n      unservedQueues {\n        queue\n        dueRuns\n      }\n    }\n  }\n": typeof types.ServiceBanners_StatsDocument,
    "\n  query ServiceLine_Query {\n    system {\n      version\n    }\n  }\n": typeof types.ServiceLine_QueryDocument,
    "\n  query ShortLink_Query($id: String!) {\n    runs(where: { search: $id }, first: 2) {\n      nodes {\n        id\n      }\n    }\n  }\n": typeof types.ShortLink_QueryDocument,
    "\n  fragment ViewerMark_Viewer on Viewer {\n    name\n    channels\n    permissions\n  }\n": typeof types.ViewerMark_ViewerFragmentDoc,
    "\n  fragment Things_Run on Run {\n    id\n    status\n    runAt\n    attempt\n    cancelRequestedAt\n    queuedAt\n    component {\n      name\n    }\n    product @include(if: $catalogue) {\n      title\n    }\n    order @include(if: $orders) {\n      number\n    }\n    latestReplay {\n      status\n    }\n  }\n": typeof types.Things_RunFragmentDoc,
    "\n  query Things_Query($text: String!, $catalogue: Boolean!, $orders: Boolean!) {\n    failed: runs(where: { search: $text, status: [FAILED] }, first: 8) {\n      nodes {\n        ...Things_Run\n      }\n    }\n    newest: runs(where: { search: $text }, first: 4) {\n      nodes {\n        ...Things_Run\n      }\n    }\n    order(number: $text) @include(if: $orders) {\n      id\n      number\n      placedAt\n      shop\n    }\n    orders(search: $text, first: 4) @include(if: $orders) {\n      nodes {\n        id\n        number\n        placedAt\n        shop\n      }\n    }\n    product(sku: $text) @include(if: $catalogue) {\n      id\n      sku\n      title\n      shop\n    }\n    products(search: $text, first: 4) @include(if: $catalogue) {\n      nodes {\n        id\n        sku\n        title\n        shop\n      }\n    }\n    component(key: $text) @include(if: $catalogue) {\n      id\n      key\n      name\n      shop\n    }\n    components(search: $text, first: 4) @include(if: $catalogue) {\n      nodes {\n        id\n        key\n        name\n        shop\n      }\n    }\n  }\n": typeof types.Things_QueryDocument,
    "\n  query Frame_Viewer {\n    viewer {\n      permissions\n      ...ViewerMark_Viewer\n    }\n  }\n": typeof types.Frame_ViewerDocument,
    "\n  fragment QueueTable_Queue on TaskQueue {\n    name\n    isServed\n    oldestDueSeconds\n    queued {\n      count\n      exact\n    }\n  }\n": typeof types.QueueTable_QueueFragmentDoc,
    "\n  subscription SystemPage_Watch {\n    runStats {\n      unservedQueues {\n        queue\n      }\n    }\n  }\n": typeof types.SystemPage_WatchDocument,
    "\n  query SystemPage_Query {\n    feedCursor\n    system {\n      version\n      now\n      feedLagMs\n      retentionDays\n      runner {\n        kind\n        host\n      }\n      workers {\n        ...WorkerTable_Worker\n      }\n      queues {\n        name\n        isServed\n        oldestDueSeconds\n        ...QueueTable_Queue\n      }\n    }\n  }\n": typeof types.SystemPage_QueryDocument,
    "\n  fragment WorkerTable_Worker on Worker {\n    workerId\n    host\n    queue\n    activeRuns\n    startedAt\n    heartbeatAt\n  }\n": typeof types.WorkerTable_WorkerFragmentDoc,
};
const documents: Documents = {
    "\n  fragment AuditObjects_AuditEntry on AuditEntry {\n    objectType\n    objectIds\n  }\n": types.AuditObjects_AuditEntryFragmentDoc,
    "\n  query AuditPage_Query($where: AuditFilter, $after: String, $isNamed: Boolean!) {\n    auditLog(first: 50, where: $where, after: $after) {\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      nodes {\n        id\n        ...AuditPage_Objects\n        ...AuditRow_AuditEntry\n      }\n    }\n    principals(first: 100) @include(if: $isNamed) {\n      nodes {\n        id\n        name\n      }\n    }\n  }\n": types.AuditPage_QueryDocument,
    "\n  fragment AuditPage_Objects on AuditEntry {\n    action\n    objectType\n    objectIds\n  }\n": types.AuditPage_ObjectsFragmentDoc,
    "\n  fragment AuditRow_AuditEntry on AuditEntry {\n    at\n    principal\n    address\n    action\n    rejected\n    times\n    ...AuditObjects_AuditEntry\n    ...StateHashes_AuditEntry\n  }\n": types.AuditRow_AuditEntryFragmentDoc,
    "\n  fragment StateHashes_AuditEntry on AuditEntry {\n    hashBefore\n    hashAfter\n    requestId\n  }\n": types.StateHashes_AuditEntryFragmentDoc,
    "\n  query ObjectNames_Query($ids: [ID!]!) {\n    nodes(ids: $ids) {\n      __typename\n      id\n      ... on Component {\n        key\n        shop\n      }\n      ... on Product {\n        sku\n        shop\n      }\n      ... on Order {\n        number\n        shop\n      }\n      ... on Run {\n        component {\n          name\n        }\n      }\n    }\n  }\n": types.ObjectNames_QueryDocument,
    "\n  query BulkItems_Query($id: ID!, $status: [BulkOperationItemStatus!], $after: String, $orders: Boolean!) {\n    feedCursor\n    bulkOperation(id: $id) {\n      items(first: 100, status: $status, after: $after) {\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        nodes {\n          position\n          status\n          reason\n          runId\n          run {\n            id\n            component {\n              name\n            }\n            product {\n              title\n            }\n            order @include(if: $orders) {\n              number\n            }\n            latestReplay {\n              ...RunChip_Run\n              ...ReplayLink_Run\n            }\n            ...RunChip_Run\n            ...ReplayChanges_Run\n          }\n        }\n      }\n    }\n  }\n": types.BulkItems_QueryDocument,
    "\n  fragment BulkOperationPage_Fields on BulkOperation {\n    kind\n    status\n    actor\n    reason\n    where @include(if: $payloads)\n    createdAt\n    expected\n    done\n    skipped\n    failed\n    ...BulkProgress_BulkOperation\n  }\n": types.BulkOperationPage_FieldsFragmentDoc,
    "\n  query BulkOperationPage_Query($id: ID!, $payloads: Boolean!) {\n    bulkOperation(id: $id) {\n      ...BulkOperationPage_Fields\n    }\n  }\n": types.BulkOperationPage_QueryDocument,
    "\n  subscription BulkOperationPage_Watch($id: ID!, $payloads: Boolean!) {\n    bulkOperationUpdated(id: $id) {\n      ...BulkOperationPage_Fields\n    }\n  }\n": types.BulkOperationPage_WatchDocument,
    "\n  mutation BulkOperationPage_Abort($id: ID!) {\n    abortBulkOperation(id: $id) {\n      operation {\n        id\n      }\n      userErrors {\n        message\n      }\n    }\n  }\n": types.BulkOperationPage_AbortDocument,
    "\n  subscription BulkOutcome_Counts($where: RunFilter!) {\n    runCounts(where: $where) {\n      completed {\n        count\n      }\n      failed {\n        count\n      }\n      canceled {\n        count\n      }\n      running {\n        count\n      }\n      queued {\n        count\n      }\n    }\n  }\n": types.BulkOutcome_CountsDocument,
    "\n  query BulkPage_Query($status: [BulkOperationStatus!], $after: String, $payloads: Boolean!) {\n    feedCursor\n    bulkOperations(first: 25, status: $status, after: $after) {\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      nodes {\n        id\n        ...BulkRow_BulkOperation\n      }\n    }\n  }\n": types.BulkPage_QueryDocument,
    "\n  fragment BulkProgress_BulkOperation on BulkOperation {\n    status\n    expected\n    done\n    skipped\n    failed\n  }\n": types.BulkProgress_BulkOperationFragmentDoc,
    "\n  fragment BulkRow_BulkOperation on BulkOperation {\n    id\n    kind\n    actor\n    reason\n    where @include(if: $payloads)\n    createdAt\n    expected\n    done\n    skipped\n    failed\n    ...BulkProgress_BulkOperation\n  }\n": types.BulkRow_BulkOperationFragmentDoc,
    "\n  query ChangedRuns_Query($id: ID!, $after: String, $status: [BulkOperationItemStatus!]) {\n    bulkOperation(id: $id) {\n      items(first: 100, after: $after, status: $status) {\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        nodes {\n          status\n          runId\n          run {\n            status\n            latestReplay {\n              id\n              status\n            }\n          }\n        }\n      }\n    }\n  }\n": types.ChangedRuns_QueryDocument,
    "\n  fragment ArchiveButton_Component on Component {\n    id\n    name\n    archivedAt\n  }\n": types.ArchiveButton_ComponentFragmentDoc,
    "\n  mutation ArchiveButton_Restore($id: ID!) {\n    restoreComponent(id: $id) {\n      userErrors {\n        message\n      }\n    }\n  }\n": types.ArchiveButton_RestoreDocument,
    "\n  fragment ArchiveDialog_Component on Component {\n    attachments(first: 8) {\n      totalCount\n      totalCountExact\n      nodes {\n        id\n        product {\n          title\n        }\n      }\n    }\n    runs(where: { status: [QUEUED, RUNNING] }, first: 1) @include(if: $runs) {\n      totalCount\n      totalCountExact\n    }\n  }\n": types.ArchiveDialog_ComponentFragmentDoc,
    "\n  query ArchiveDialog_Query($id: ID!, $runs: Boolean!) {\n    component(id: $id) {\n      ...ArchiveDialog_Component\n    }\n  }\n": types.ArchiveDialog_QueryDocument,
    "\n  mutation ArchiveDialog_Archive($id: ID!) {\n    archiveComponent(id: $id) {\n      userErrors {\n        message\n      }\n    }\n  }\n": types.ArchiveDialog_ArchiveDocument,
    "\n  fragment AttachedProducts_Component on Component {\n    key\n    shop\n    attachedTo: attachments(first: 30) {\n      totalCount\n      totalCountExact\n      pageInfo {\n        hasNextPage\n      }\n      nodes {\n        id\n        product {\n          sku\n          shop\n          title\n          problems {\n            attachment {\n              id\n            }\n          }\n        }\n      }\n    }\n  }\n": types.AttachedProducts_ComponentFragmentDoc,
    "\n  fragment ComponentEditor_Component on Component {\n    id\n    key\n    shop\n    name\n    version\n    archivedAt\n    description\n    triggers\n    timeoutSeconds\n    inputSchema\n    script {\n      slug\n      runtime\n      version\n      metadata\n    }\n    retryPolicy {\n      maxAttempts\n      backoff\n      initialDelaySeconds\n      maxDelaySeconds\n    }\n    providerDependencies {\n      key\n      optional\n    }\n    ...ArchiveButton_Component\n    ...AttachedProducts_Component\n    ...VersionList_Component\n  }\n": types.ComponentEditor_ComponentFragmentDoc,
    "\n  mutation ComponentEditor_Update($id: ID!, $input: UpdateComponentInput!) {\n    updateComponent(id: $id, input: $input) {\n      component {\n        ...ComponentEditor_Component\n      }\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n": types.ComponentEditor_UpdateDocument,
    "\n  query ComponentPage_Query($key: String!, $shop: String) {\n    component(key: $key, shop: $shop) {\n      name\n      ...ComponentEditor_Component\n    }\n  }\n": types.ComponentPage_QueryDocument,
    "\n  query DefinitionFields_Query {\n    components(first: 100) {\n      nodes {\n        providerDependencies {\n          key\n        }\n      }\n    }\n  }\n": types.DefinitionFields_QueryDocument,
    "\n  mutation NewComponentPage_Register($input: RegisterComponentInput!) {\n    registerComponent(input: $input) {\n      component {\n        key\n      }\n      userErrors {\n        message\n        path\n      }\n    }\n  }\n": types.NewComponentPage_RegisterDocument,
    "\n  fragment UpdateEffect_Preview on ComponentPreview {\n    isNewVersion\n    checkedAttachments\n    checkedAll\n    problems {\n      code\n      message\n      attachment {\n        id\n        product {\n          sku\n          shop\n          title\n        }\n      }\n    }\n  }\n": types.UpdateEffect_PreviewFragmentDoc,
    "\n  fragment VersionList_Component on Component {\n    versions(first: 20) {\n      nodes {\n        id\n        version\n        createdAt\n        actor\n        actorName\n        triggers\n        timeoutSeconds\n        inputSchema\n        script {\n          slug\n          runtime\n          version\n          metadata\n        }\n        retryPolicy {\n          maxAttempts\n          backoff\n          initialDelaySeconds\n          maxDelaySeconds\n        }\n        providerDependencies {\n          key\n          optional\n        }\n      }\n    }\n  }\n": types.VersionList_ComponentFragmentDoc,
    "\n  query ComponentPreview_Query(\n    $id: ID!\n    $input: UpdateComponentInput!\n    $isStored: Boolean!\n    $inputSchema: JSONObject!\n    $samples: [JSONObject!]!\n  ) {\n    previewComponent(id: $id, input: $input) @include(if: $isStored) {\n      ...UpdateEffect_Preview\n      userErrors {\n        message\n        path\n      }\n    }\n    checkSamples(inputSchema: $inputSchema, samples: $samples) {\n      results {\n        inputErrors {\n          path\n          message\n        }\n      }\n      userErrors {\n        message\n        path\n      }\n    }\n  }\n": types.ComponentPreview_QueryDocument,
    "\n  fragment ComponentRow_Component on Component {\n    key\n    name\n    shop\n    version\n    triggers\n    archivedAt\n    updatedAt\n    attachments(first: 1) {\n      totalCount\n      totalCountExact\n    }\n    ...LastHour_Component\n  }\n": types.ComponentRow_ComponentFragmentDoc,
    "\n  query ComponentsPage_Query($search: String, $includeArchived: Boolean, $runs: Boolean!, $after: String) {\n    components(search: $search, includeArchived: $includeArchived, first: 25, after: $after) {\n      totalCount\n      totalCountExact\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      nodes {\n        id\n        ...ComponentRow_Component\n      }\n    }\n  }\n": types.ComponentsPage_QueryDocument,
    "\n  fragment LastHour_Component on Component {\n    key\n    stats @include(if: $runs) {\n      completed\n      failed\n      latencyP50Ms\n      latencyP95Ms\n    }\n  }\n": types.LastHour_ComponentFragmentDoc,
    "\n  mutation DisableDialog_Disable($id: ID!) {\n    disablePrincipal(id: $id) {\n      principal {\n        id\n      }\n      userErrors {\n        message\n      }\n    }\n  }\n": types.DisableDialog_DisableDocument,
    "\n  fragment EditPrincipalDialog_Principal on Principal {\n    id\n    revision\n    name\n    roles\n    channels\n  }\n": types.EditPrincipalDialog_PrincipalFragmentDoc,
    "\n  mutation EditPrincipalDialog_Update($id: ID!, $input: UpdatePrincipalInput!) {\n    updatePrincipal(id: $id, input: $input) {\n      principal {\n        id\n      }\n      userErrors {\n        message\n        path\n      }\n    }\n  }\n": types.EditPrincipalDialog_UpdateDocument,
    "\n  fragment KeyRow_ApiKey on ApiKey {\n    id\n    environment\n    createdAt\n    lastUsedAt\n    expiresAt\n    revokedAt\n  }\n": types.KeyRow_ApiKeyFragmentDoc,
    "\n  mutation KeyRow_Revoke($id: ID!) {\n    revokeApiKey(id: $id) {\n      apiKey {\n        id\n      }\n      userErrors {\n        message\n      }\n    }\n  }\n": types.KeyRow_RevokeDocument,
    "\n  query KeysPage_Query($after: String) {\n    channels\n    principals(first: 20, after: $after) {\n      totalCount\n      totalCountExact\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      nodes {\n        id\n        ...PrincipalCard_Principal\n      }\n    }\n  }\n": types.KeysPage_QueryDocument,
    "\n  mutation NewPrincipalDialog_Create($input: CreatePrincipalInput!) {\n    createPrincipal(input: $input) {\n      principal {\n        id\n      }\n      userErrors {\n        message\n        path\n      }\n    }\n  }\n": types.NewPrincipalDialog_CreateDocument,
    "\n  fragment PrincipalCard_Principal on Principal {\n    id\n    name\n    kind\n    roles\n    permissions\n    channels\n    createdAt\n    disabledAt\n    ...EditPrincipalDialog_Principal\n    apiKeys {\n      id\n      revokedAt\n      expiresAt\n      ...KeyRow_ApiKey\n    }\n  }\n": types.PrincipalCard_PrincipalFragmentDoc,
    "\n  mutation NewKey_Create($input: CreateApiKeyInput!) {\n    createApiKey(input: $input) {\n      key\n      userErrors {\n        message\n      }\n    }\n  }\n": types.NewKey_CreateDocument,
    "\n  fragment ReplayChanges_Run on Run {\n    id\n    latestReplay {\n      id\n      replayOf {\n        id\n      }\n    }\n  }\n": types.ReplayChanges_RunFragmentDoc,
    "\n  subscription RunChanges_Feed($where: RunFilter!, $after: String) {\n    runEvents(where: $where, after: $after) {\n      cursor\n    }\n  }\n": types.RunChanges_FeedDocument,
    "\n  query AutomationDialog_Plan($input: RunOrderAutomationInput!, $orderId: ID!) {\n    channels\n    orderAutomationPlan(input: $input) {\n      decision\n      ...PlanTable_Step\n    }\n    order(id: $orderId) {\n      runs(first: 100) {\n        nodes {\n          ...PlanTable_Run\n        }\n      }\n    }\n  }\n": types.AutomationDialog_PlanDocument,
    "\n  query AutomationDialog_Components($input: RunOrderAutomationInput!) {\n    orderAutomationPlan(input: $input) {\n      attachment {\n        component {\n          id\n          name\n        }\n      }\n    }\n  }\n": types.AutomationDialog_ComponentsDocument,
    "\n  mutation AutomationDialog_Run($input: RunOrderAutomationInput!) {\n    runOrderAutomation(input: $input) {\n      groupId\n      userErrors {\n        message\n      }\n    }\n  }\n": types.AutomationDialog_RunDocument,
    "\n  fragment GroupList_RunGroup on RunGroup {\n    id\n    kind\n    createdAt\n    ...GroupProgress_RunGroup\n  }\n": types.GroupList_RunGroupFragmentDoc,
    "\n  query GroupPage_Query($id: ID!, $payloads: Boolean!, $withOpenSteps: Boolean!) {\n    feedCursor\n    group(id: $id) {\n      kind\n      createdAt\n      actor\n      ...GroupProgress_RunGroup\n      order {\n        id\n        number\n        shop\n        lines {\n          ...OrderJourney_Line\n        }\n      }\n      runs(first: 100) {\n        ...OrderJourney_Runs\n      }\n      skipped(first: 100) {\n        ...OrderJourney_Skipped\n      }\n    }\n  }\n": types.GroupPage_QueryDocument,
    "\n  fragment GroupProgress_RunGroup on RunGroup {\n    counts {\n      completed {\n        count\n      }\n      failed {\n        count\n      }\n      canceled {\n        count\n      }\n      running {\n        count\n      }\n      queued {\n        count\n      }\n    }\n    unsuccessful: runs(first: 100, where: { status: [FAILED, CANCELED] }) {\n      nodes {\n        status\n        latestReplay {\n          status\n        }\n      }\n    }\n  }\n": types.GroupProgress_RunGroupFragmentDoc,
    "\n  fragment OrderJourney_Line on OrderLine {\n    position\n    sku\n    quantity\n    payload @include(if: $payloads)\n    product {\n      sku\n      shop\n      title\n      journeyComponents @include(if: $withOpenSteps) {\n        id\n        displayOrder\n        component {\n          name\n        }\n      }\n    }\n  }\n": types.OrderJourney_LineFragmentDoc,
    "\n  fragment OrderJourney_Runs on RunConnection {\n    totalCount\n    totalCountExact\n    nodes {\n      id\n      orderLine {\n        position\n      }\n      attachment {\n        id\n        displayOrder\n      }\n      component {\n        name\n      }\n      replayOf {\n        id\n      }\n      ...StepRun_Run\n    }\n  }\n": types.OrderJourney_RunsFragmentDoc,
    "\n  fragment OrderJourney_Skipped on SkippedAttachmentConnection {\n    nodes {\n      reason\n      line {\n        position\n      }\n      attachment {\n        id\n        displayOrder\n        component {\n          name\n        }\n      }\n    }\n  }\n": types.OrderJourney_SkippedFragmentDoc,
    "\n  query OrderPage_Query($number: String!, $shop: String, $payloads: Boolean!, $withOpenSteps: Boolean!) {\n    feedCursor\n    order(number: $number, shop: $shop) {\n      id\n      shop\n      placedAt\n      forgottenAt\n      payload @include(if: $payloads)\n      groups {\n        ...GroupList_RunGroup\n      }\n      lines {\n        ...OrderJourney_Line\n      }\n      runs(first: 100) {\n        ...OrderJourney_Runs\n      }\n      skipped(first: 100) {\n        ...OrderJourney_Skipped\n      }\n    }\n  }\n": types.OrderPage_QueryDocument,
    "\n  fragment PlanTable_Step on JourneyStep {\n    decision\n    reason\n    line {\n      position\n      sku\n      product {\n        title\n      }\n    }\n    attachment {\n      id\n      component {\n        name\n      }\n    }\n  }\n": types.PlanTable_StepFragmentDoc,
    "\n  fragment PlanTable_Run on Run {\n    orderLine {\n      position\n    }\n    attachment {\n      id\n    }\n  }\n": types.PlanTable_RunFragmentDoc,
    "\n  fragment StepRun_Run on Run {\n    id\n    status\n    error {\n      message\n    }\n    ...RunChip_Run\n    latestReplay {\n      id\n      status\n      error {\n        message\n      }\n      ...RunChip_Run\n    }\n  }\n": types.StepRun_RunFragmentDoc,
    "\n  query CheckoutFields_Channels {\n    channels\n  }\n": types.CheckoutFields_ChannelsDocument,
    "\n  query OrderLines_Products($search: String, $shop: String) {\n    products(search: $search, shop: $shop, first: 20) {\n      nodes {\n        sku\n      }\n    }\n  }\n": types.OrderLines_ProductsDocument,
    "\n  fragment OrderRow_Order on Order {\n    number\n    shop\n    placedAt\n    lines {\n      sku\n      product {\n        title\n      }\n    }\n    runs(first: 20) {\n      totalCount\n      nodes {\n        status\n        latestReplay {\n          status\n        }\n      }\n    }\n  }\n": types.OrderRow_OrderFragmentDoc,
    "\n  query OrdersPage_Query($search: String, $after: String) {\n    feedCursor\n    orders(search: $search, first: 25, after: $after) {\n      totalCount\n      totalCountExact\n      pageInfo {\n        endCursor\n        hasNextPage\n      }\n      nodes {\n        id\n        ...OrderRow_Order\n      }\n    }\n  }\n": types.OrdersPage_QueryDocument,
    "\n  mutation RecordOrder_Alone($input: RecordOrderInput!) {\n    recorded: recordOrder(input: $input) {\n      order {\n        number\n        shop\n      }\n      userErrors {\n        message\n      }\n    }\n  }\n": types.RecordOrder_AloneDocument,
    "\n  mutation RecordOrder_Checkout($input: EnqueueCheckoutRunsInput!) {\n    recorded: enqueueCheckoutRuns(input: $input) {\n      order {\n        number\n        shop\n      }\n      userErrors {\n        message\n      }\n    }\n  }\n": types.RecordOrder_CheckoutDocument,
    "\n  query Actor_Query {\n    principals(first: 100) {\n      nodes {\n        id\n        name\n      }\n    }\n  }\n": types.Actor_QueryDocument,
    "\n  query BulkConfirm_Preview($kind: BulkOperationKind!, $where: RunFilter!) {\n    bulkPreview(kind: $kind, where: $where) {\n      expected\n      applicable\n      byStatus {\n        status\n        count\n        applies\n      }\n      userErrors {\n        message\n      }\n    }\n  }\n": types.BulkConfirm_PreviewDocument,
    "\n  fragment ReplayLink_Run on Run {\n    id\n    status\n    runAt\n    attempt\n    cancelRequestedAt\n  }\n": types.ReplayLink_RunFragmentDoc,
    "\n  fragment RunChip_Run on Run {\n    id\n    status\n    error {\n      code\n    }\n    ...StatusBadge_Run\n  }\n": types.RunChip_RunFragmentDoc,
    "\n  fragment StatusBadge_Run on Run {\n    status\n    runAt\n    attempt\n    cancelRequestedAt\n  }\n": types.StatusBadge_RunFragmentDoc,
    "\n  query EchoRunner_Query {\n    system {\n      runner {\n        kind\n      }\n    }\n  }\n": types.EchoRunner_QueryDocument,
    "\n  query ReplayedRuns_Query($where: RunFilter!) {\n    runs(where: $where, first: 100) {\n      nodes {\n        id\n        latestReplay {\n          id\n          status\n        }\n      }\n    }\n  }\n": types.ReplayedRuns_QueryDocument,
    "\n  mutation StartBulk_Retry($where: RunFilter!, $idempotencyKey: String) {\n    started: bulkRetryRuns(where: $where, idempotencyKey: $idempotencyKey) {\n      operation {\n        id\n      }\n      userErrors {\n        message\n      }\n    }\n  }\n": types.StartBulk_RetryDocument,
    "\n  mutation StartBulk_Replay($where: RunFilter!, $idempotencyKey: String) {\n    started: bulkReplayRuns(where: $where, idempotencyKey: $idempotencyKey) {\n      operation {\n        id\n      }\n      userErrors {\n        message\n      }\n    }\n  }\n": types.StartBulk_ReplayDocument,
    "\n  mutation StartBulk_Cancel($where: RunFilter!, $idempotencyKey: String, $reason: String) {\n    started: bulkCancelRuns(where: $where, idempotencyKey: $idempotencyKey, reason: $reason) {\n      operation {\n        id\n      }\n      userErrors {\n        message\n      }\n    }\n  }\n": types.StartBulk_CancelDocument,
    "\n  query AddStep_Linked($key: String!, $shop: String) {\n    component(key: $key, shop: $shop) {\n      id\n      key\n      name\n      triggers\n      inputSchema\n      archivedAt\n    }\n  }\n": types.AddStep_LinkedDocument,
    "\n  query AddStep_Query($search: String, $shop: String) {\n    components(search: $search, shop: $shop, first: 50) {\n      nodes {\n        id\n        key\n        name\n        triggers\n        inputSchema\n      }\n    }\n  }\n": types.AddStep_QueryDocument,
    "\n  subscription Composer_Updated($id: ID!) {\n    productUpdated(id: $id) {\n      revision\n      ...Composer_Product\n    }\n  }\n": types.Composer_UpdatedDocument,
    "\n  fragment Composer_Product on Product {\n    id\n    sku\n    shop\n    title\n    revision\n    attributes\n    journeyComponents {\n      id\n      channelEligibility\n      isRequired\n      metadata\n      component {\n        id\n        key\n        name\n        triggers\n        inputSchema\n        archivedAt\n      }\n      bindings {\n        __typename\n        inputKey\n        required\n        ... on StaticBinding {\n          value\n          secret\n        }\n        ... on SecretBinding {\n          name\n        }\n        ... on RuntimeBinding {\n          path\n        }\n        ... on ProductFieldBinding {\n          path\n        }\n      }\n    }\n  }\n": types.Composer_ProductFragmentDoc,
    "\n  query ProductPage_Query($sku: String!, $shop: String) {\n    product(sku: $sku, shop: $shop) {\n      ...Composer_Product\n    }\n  }\n": types.ProductPage_QueryDocument,
    "\n  mutation RunStepDialog_Enqueue($input: EnqueueRunInput!) {\n    enqueueRun(input: $input) {\n      run {\n        id\n      }\n      userErrors {\n        message\n      }\n    }\n  }\n": types.RunStepDialog_EnqueueDocument,
    "\n  query SampleSelect_Query($where: RunFilter!, $cameFrom: RunFilter!, $orders: Boolean!, $runs: Boolean!) {\n    cameFrom: runs(where: $cameFrom, first: 1) @include(if: $runs) {\n      nodes {\n        ...SampleSelect_Run\n      }\n    }\n    orders(first: 5) @include(if: $orders) {\n      nodes {\n        number\n        payload\n        lines {\n          sku\n          quantity\n          position\n          payload\n        }\n      }\n    }\n    runs(where: $where, first: 3) @include(if: $runs) {\n      nodes {\n        ...SampleSelect_Run\n      }\n    }\n  }\n": types.SampleSelect_QueryDocument,
    "\n  fragment SampleSelect_Run on Run {\n    id\n    queuedAt\n    inputPayload\n    context\n    metadata\n  }\n": types.SampleSelect_RunFragmentDoc,
    "\n  query StepEditor_Query($runs: Boolean!, $secrets: Boolean!) {\n    channels @include(if: $runs)\n    secrets @include(if: $secrets) {\n      name\n    }\n  }\n": types.StepEditor_QueryDocument,
    "\n  subscription WatchedRun_Run($id: ID!, $payloads: Boolean!) {\n    runUpdated(id: $id) {\n      status\n      resultPayload @include(if: $payloads)\n      error {\n        message\n      }\n      ...StatusBadge_Run\n    }\n  }\n": types.WatchedRun_RunDocument,
    "\n  query StepPreview_Query($input: EnqueueRunInput!, $product: SaveProductInput, $attachment: AttachmentInput) {\n    previewRun(input: $input, product: $product, attachment: $attachment) {\n      request\n      userErrors {\n        message\n        path\n      }\n      inputErrors {\n        path\n        message\n      }\n      bindings {\n        resolved\n        value\n        reason\n        binding {\n          inputKey\n          required\n        }\n      }\n    }\n  }\n": types.StepPreview_QueryDocument,
    "\n  query Problems_Query($sku: String!, $shop: String) {\n    product(sku: $sku, shop: $shop) {\n      revision\n      problems {\n        message\n        attachment {\n          id\n        }\n      }\n    }\n  }\n": types.Problems_QueryDocument,
    "\n  mutation Composer_Save($input: SaveProductInput!) {\n    saveProduct(input: $input) {\n      product {\n        ...Composer_Product\n      }\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n": types.Composer_SaveDocument,
    "\n  mutation NewProductDialog_Save($input: SaveProductInput!) {\n    saveProduct(input: $input) {\n      product {\n        sku\n      }\n      userErrors {\n        message\n        path\n      }\n    }\n  }\n": types.NewProductDialog_SaveDocument,
    "\n  fragment ProductRow_Product on Product {\n    sku\n    shop\n    title\n    updatedAt\n    journeyComponents {\n      id\n      component {\n        name\n      }\n    }\n    problems @include(if: $isProblems) {\n      code\n      message\n      attachment {\n        id\n        component {\n          name\n        }\n      }\n    }\n  }\n": types.ProductRow_ProductFragmentDoc,
    "\n  query ProductsPage_Component($key: String!, $shop: String) {\n    component(key: $key, shop: $shop) {\n      id\n      name\n    }\n  }\n": types.ProductsPage_ComponentDocument,
    "\n  query ProductsPage_Query(\n    $search: String\n    $componentId: ID\n    $hasProblems: Boolean\n    $isProblems: Boolean!\n    $after: String\n  ) {\n    products(\n      search: $search\n      componentId: $componentId\n      hasProblems: $hasProblems\n      first: 25\n      after: $after\n    ) {\n      totalCount\n      totalCountExact\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      nodes {\n        id\n        ...ProductRow_Product\n      }\n    }\n  }\n": types.ProductsPage_QueryDocument,
    "\n  fragment AttemptLanes_Run on Run {\n    runAt\n    completedAt\n    attempts {\n      number\n      startedAt\n      workerId\n      idempotencyKey\n    }\n    events(first: 100) {\n      nodes {\n        type\n        at\n        attempt\n        runAt\n        error {\n          code\n          message\n        }\n        telemetry {\n          latencyMs\n        }\n      }\n    }\n  }\n": types.AttemptLanes_RunFragmentDoc,
    "\n  fragment BindingSource_Binding on Binding {\n    __typename\n    ... on StaticBinding {\n      value\n      secret\n    }\n    ... on SecretBinding {\n      name\n    }\n    ... on RuntimeBinding {\n      path\n    }\n    ... on ProductFieldBinding {\n      path\n    }\n  }\n": types.BindingSource_BindingFragmentDoc,
    "\n  fragment BindingTable_Run on Run {\n    request\n    resolvedBindings\n    bindingSnapshot {\n      inputKey\n      required\n      ...BindingSource_Binding\n    }\n  }\n": types.BindingTable_RunFragmentDoc,
    "\n  fragment CancelDialog_Run on Run {\n    id\n    status\n  }\n": types.CancelDialog_RunFragmentDoc,
    "\n  mutation CancelDialog_Cancel($id: ID!, $reason: String) {\n    cancelRun(id: $id, reason: $reason) {\n      run {\n        id\n      }\n      userErrors {\n        message\n      }\n    }\n  }\n": types.CancelDialog_CancelDocument,
    "\n  fragment CopyMenu_Run on Run {\n    request @include(if: $payloads)\n    channel\n    trigger\n    inputPayload @include(if: $payloads)\n    context @include(if: $payloads)\n    metadata @include(if: $payloads)\n    component {\n      id\n    }\n    product {\n      id\n    }\n    attachment {\n      id\n    }\n  }\n": types.CopyMenu_RunFragmentDoc,
    "\n  fragment EventTable_Run on Run {\n    events(first: 100) {\n      nodes {\n        sequence\n        at\n        type\n        attempt\n        actor\n        reason\n        error {\n          message\n        }\n        telemetry {\n          errorPreview @include(if: $payloads)\n        }\n      }\n    }\n  }\n": types.EventTable_RunFragmentDoc,
    "\n  fragment FaultList_Run on Run {\n    id\n    product {\n      sku\n      shop\n    }\n    attachment {\n      id\n    }\n    bindingSnapshot {\n      inputKey\n      ...BindingSource_Binding\n    }\n  }\n": types.FaultList_RunFragmentDoc,
    "\n  fragment ReplayDialog_Run on Run {\n    id\n    request\n    inputPayload\n    product {\n      sku\n      shop\n    }\n    attachment {\n      id\n    }\n  }\n": types.ReplayDialog_RunFragmentDoc,
    "\n  mutation ReplayDialog_Replay($id: ID!, $input: ReplayRunInput) {\n    replayRun(id: $id, input: $input) {\n      run {\n        id\n      }\n      userErrors {\n        message\n      }\n    }\n  }\n": types.ReplayDialog_ReplayDocument,
    "\n  fragment RunActions_Run on Run {\n    id\n    status\n    forgottenAt\n    attachment {\n      id\n    }\n    error {\n      code\n    }\n    ...CancelDialog_Run\n    ...CopyMenu_Run\n    ...ReplayDialog_Run @include(if: $payloads)\n  }\n": types.RunActions_RunFragmentDoc,
    "\n  mutation RunActions_Retry($id: ID!) {\n    retryRun(id: $id) {\n      run {\n        id\n      }\n      userErrors {\n        message\n      }\n    }\n  }\n": types.RunActions_RetryDocument,
    "\n  fragment RunBody_Run on Run {\n    id\n    component {\n      name\n    }\n    replayOf {\n      id\n    }\n    ...StatusBadge_Run\n    ...RunActions_Run\n    ...RunVerdict_Run\n    ...AttemptLanes_Run\n    ...RunFacts_Run\n    ...RunContents_Run\n  }\n": types.RunBody_RunFragmentDoc,
    "\n  fragment RunContents_Run on Run {\n    request @include(if: $payloads)\n    resultPayload @include(if: $payloads)\n    inputPayload @include(if: $payloads)\n    context @include(if: $payloads)\n    metadata @include(if: $payloads)\n    ...BindingTable_Run @include(if: $payloads)\n    ...EventTable_Run\n  }\n": types.RunContents_RunFragmentDoc,
    "\n  fragment RunFacts_Run on Run {\n    queuedAt\n    startedAt\n    completedAt\n    channel\n    trigger\n    priority\n    groupId\n    idempotencyKey\n    component {\n      key\n    }\n    componentVersion {\n      version\n    }\n    product {\n      sku\n      shop\n      title\n    }\n    order @include(if: $orders) {\n      number\n      shop\n    }\n    replays(first: 5) {\n      nodes {\n        id\n      }\n    }\n  }\n": types.RunFacts_RunFragmentDoc,
    "\n  fragment RunVerdict_Run on Run {\n    status\n    latestReplay {\n      status\n      ...ReplayLink_Run\n    }\n    attempt\n    maxAttempts\n    lostAttempts\n    runAt\n    startedAt\n    completedAt\n    cancelRequestedAt\n    error {\n      code\n      message\n      detail @include(if: $payloads)\n      retryable\n    }\n    telemetry {\n      errorPreview @include(if: $payloads)\n    }\n    events(first: 100) {\n      nodes {\n        type\n        at\n        attempt\n        runAt\n        reason\n        error {\n          code\n          message\n        }\n        telemetry {\n          latencyMs\n        }\n      }\n    }\n    ...FaultList_Run @include(if: $payloads)\n  }\n": types.RunVerdict_RunFragmentDoc,
    "\n  query UseReplayPreview_Query($id: ID!, $input: ReplayRunInput) {\n    previewReplay(id: $id, input: $input) {\n      request\n      userErrors {\n        message\n      }\n      inputErrors {\n        path\n        message\n      }\n      bindings {\n        reason\n        binding {\n          inputKey\n          required\n          ... on ProductFieldBinding {\n            path\n          }\n          ... on RuntimeBinding {\n            path\n          }\n        }\n      }\n    }\n  }\n": types.UseReplayPreview_QueryDocument,
    "\n  query RunPage_Query($id: ID!, $payloads: Boolean!, $orders: Boolean!) {\n    feedCursor\n    run(id: $id) {\n      ...ReplayChanges_Run\n      ...RunBody_Run\n    }\n  }\n": types.RunPage_QueryDocument,
    "\n  subscription RunPage_Feed($id: ID!, $payloads: Boolean!, $orders: Boolean!, $after: String) {\n    runEvents(where: { runId: [$id] }, after: $after) {\n      cursor\n      run {\n        ...ReplayChanges_Run\n        ...RunBody_Run\n      }\n    }\n  }\n": types.RunPage_FeedDocument,
    "\n  fragment EndedChart_Bucket on RunStatsBucket {\n    from\n    completed\n    failed\n    canceled\n  }\n": types.EndedChart_BucketFragmentDoc,
    "\n  fragment ErrorGroupRow_RunErrorGroup on RunErrorGroup {\n    code\n    message\n    count\n    firstAt\n    lastAt\n    component {\n      key\n      name\n    }\n    latestRun {\n      latestReplay {\n        ...ReplayLink_Run\n      }\n    }\n  }\n": types.ErrorGroupRow_RunErrorGroupFragmentDoc,
    "\n  query ErrorGroups_Query($where: RunFilter!) {\n    feedCursor\n    runErrors(where: $where, first: 50) {\n      code\n      message\n      component {\n        key\n      }\n      latestRun {\n        ...ReplayChanges_Run\n      }\n      ...ErrorGroupRow_RunErrorGroup\n    }\n  }\n": types.ErrorGroups_QueryDocument,
    "\n  query FilterEditor_Components($search: String) {\n    components(search: $search, first: 50, includeArchived: true) {\n      nodes {\n        key\n      }\n    }\n  }\n": types.FilterEditor_ComponentsDocument,
    "\n  query FilterEditor_Products($search: String) {\n    products(search: $search, first: 50) {\n      nodes {\n        sku\n      }\n    }\n  }\n": types.FilterEditor_ProductsDocument,
    "\n  query FilterEditor_Orders($search: String) {\n    orders(search: $search, first: 50) {\n      nodes {\n        number\n      }\n    }\n  }\n": types.FilterEditor_OrdersDocument,
    "\n  query FilterEditor_Channels {\n    channels\n  }\n": types.FilterEditor_ChannelsDocument,
    "\n  query PathFilterForm_Query($where: RunFilter!, $first: Int!) {\n    runs(where: $where, first: $first) {\n      nodes {\n        inputPayload\n        metadata\n        context\n      }\n    }\n  }\n": types.PathFilterForm_QueryDocument,
    "\n  fragment RunOutcome_Run on Run {\n    status\n    attempt\n    maxAttempts\n    runAt\n    startedAt\n    completedAt\n    error {\n      code\n      message\n    }\n  }\n": types.RunOutcome_RunFragmentDoc,
    "\n  fragment RunRow_Run on Run {\n    queuedAt\n    channel\n    trigger\n    priority\n    component {\n      key\n      name\n    }\n    product {\n      sku\n      title\n    }\n    order @include(if: $orders) {\n      number\n    }\n    ...StatusBadge_Run\n    ...RunOutcome_Run\n  }\n": types.RunRow_RunFragmentDoc,
    "\n  mutation SaveViewForm_Save($input: SaveViewInput!) {\n    saveView(input: $input) {\n      view {\n        id\n      }\n      userErrors {\n        message\n      }\n    }\n  }\n": types.SaveViewForm_SaveDocument,
    "\n  query ShownReplays_Query($ids: [ID!]!) {\n    feedCursor\n    runs(where: { runId: $ids }, first: 100) {\n      nodes {\n        id\n        ...ReplayChanges_Run\n        latestReplay {\n          ...ReplayLink_Run\n        }\n      }\n    }\n  }\n": types.ShownReplays_QueryDocument,
    "\n  fragment StatusTabs_Count on BoundedCount {\n    count\n    exact\n  }\n": types.StatusTabs_CountFragmentDoc,
    "\n  subscription StatusTabs_Counts($where: RunFilter) {\n    runCounts(where: $where) {\n      queued {\n        ...StatusTabs_Count\n      }\n      running {\n        ...StatusTabs_Count\n      }\n      completed {\n        ...StatusTabs_Count\n      }\n      failed {\n        ...StatusTabs_Count\n      }\n      canceled {\n        ...StatusTabs_Count\n      }\n    }\n  }\n": types.StatusTabs_CountsDocument,
    "\n  fragment ViewList_SavedView on SavedView {\n    id\n    name\n    address\n    isOwn\n    isShared\n  }\n": types.ViewList_SavedViewFragmentDoc,
    "\n  mutation ViewList_Delete($id: ID!) {\n    deleteView(id: $id) {\n      userErrors {\n        message\n      }\n    }\n  }\n": types.ViewList_DeleteDocument,
    "\n  query ViewsButton_Query {\n    savedViews(page: \"runs\") {\n      ...ViewList_SavedView\n    }\n  }\n": types.ViewsButton_QueryDocument,
    "\n  fragment ListedRun_Run on Run {\n    id\n    sequence\n    status\n    priority\n    completedAt\n    error {\n      code\n    }\n    ...RunRow_Run\n  }\n": types.ListedRun_RunFragmentDoc,
    "\n  query RunList_Page($where: RunFilter!, $first: Int!, $after: String, $orders: Boolean!, $isFirst: Boolean!) {\n    feedCursor @include(if: $isFirst)\n    runs(where: $where, first: $first, after: $after) {\n      totalCount @include(if: $isFirst)\n      totalCountExact @include(if: $isFirst)\n      pageInfo {\n        endCursor\n        hasNextPage\n      }\n      nodes {\n        ...ListedRun_Run\n      }\n    }\n  }\n": types.RunList_PageDocument,
    "\n  subscription RunList_Feed($where: RunFilter!, $after: String, $orders: Boolean!) {\n    runEvents(where: $where, after: $after) {\n      cursor\n      run {\n        ...ListedRun_Run\n      }\n    }\n  }\n": types.RunList_FeedDocument,
    "\n  query RunList_Product($sku: String!) {\n    product(sku: $sku) {\n      id\n    }\n  }\n": types.RunList_ProductDocument,
    "\n  fragment ChartStats_Ended on RunStats {\n    since\n    completed\n    failed\n    latencyP50Ms\n    latencyP95Ms\n    series {\n      ...EndedChart_Bucket\n    }\n  }\n": types.ChartStats_EndedFragmentDoc,
    "\n  subscription ChartStats_Hour($where: RunFilter) {\n    runStats(where: $where) {\n      queued\n      running\n      oldestQueuedSeconds\n      ...ChartStats_Ended\n    }\n  }\n": types.ChartStats_HourDocument,
    "\n  query ChartStats_Range($where: RunFilter, $range: RunStatsRange!) {\n    runStats(where: $where, range: $range) {\n      ...ChartStats_Ended\n    }\n  }\n": types.ChartStats_RangeDocument,
    "\n  subscription ServiceBanners_Stats {\n    runStats {\n      unservedQueues {\n        queue\n        dueRuns\n      }\n    }\n  }\n": types.ServiceBanners_StatsDocument,
    "\n  query ServiceLine_Query {\n    system {\n      version\n    }\n  }\n": types.ServiceLine_QueryDocument,
    "\n  query ShortLink_Query($id: String!) {\n    runs(where: { search: $id }, first: 2) {\n      nodes {\n        id\n      }\n    }\n  }\n": types.ShortLink_QueryDocument,
    "\n  fragment ViewerMark_Viewer on Viewer {\n    name\n    channels\n    permissions\n  }\n": types.ViewerMark_ViewerFragmentDoc,
    "\n  fragment Things_Run on Run {\n    id\n    status\n    runAt\n    attempt\n    cancelRequestedAt\n    queuedAt\n    component {\n      name\n    }\n    product @include(if: $catalogue) {\n      title\n    }\n    order @include(if: $orders) {\n      number\n    }\n    latestReplay {\n      status\n    }\n  }\n": types.Things_RunFragmentDoc,
    "\n  query Things_Query($text: String!, $catalogue: Boolean!, $orders: Boolean!) {\n    failed: runs(where: { search: $text, status: [FAILED] }, first: 8) {\n      nodes {\n        ...Things_Run\n      }\n    }\n    newest: runs(where: { search: $text }, first: 4) {\n      nodes {\n        ...Things_Run\n      }\n    }\n    order(number: $text) @include(if: $orders) {\n      id\n      number\n      placedAt\n      shop\n    }\n    orders(search: $text, first: 4) @include(if: $orders) {\n      nodes {\n        id\n        number\n        placedAt\n        shop\n      }\n    }\n    product(sku: $text) @include(if: $catalogue) {\n      id\n      sku\n      title\n      shop\n    }\n    products(search: $text, first: 4) @include(if: $catalogue) {\n      nodes {\n        id\n        sku\n        title\n        shop\n      }\n    }\n    component(key: $text) @include(if: $catalogue) {\n      id\n      key\n      name\n      shop\n    }\n    components(search: $text, first: 4) @include(if: $catalogue) {\n      nodes {\n        id\n        key\n        name\n        shop\n      }\n    }\n  }\n": types.Things_QueryDocument,
    "\n  query Frame_Viewer {\n    viewer {\n      permissions\n      ...ViewerMark_Viewer\n    }\n  }\n": types.Frame_ViewerDocument,
    "\n  fragment QueueTable_Queue on TaskQueue {\n    name\n    isServed\n    oldestDueSeconds\n    queued {\n      count\n      exact\n    }\n  }\n": types.QueueTable_QueueFragmentDoc,
    "\n  subscription SystemPage_Watch {\n    runStats {\n      unservedQueues {\n        queue\n      }\n    }\n  }\n": types.SystemPage_WatchDocument,
    "\n  query SystemPage_Query {\n    feedCursor\n    system {\n      version\n      now\n      feedLagMs\n      retentionDays\n      runner {\n        kind\n        host\n      }\n      workers {\n        ...WorkerTable_Worker\n      }\n      queues {\n        name\n        isServed\n        oldestDueSeconds\n        ...QueueTable_Queue\n      }\n    }\n  }\n": types.SystemPage_QueryDocument,
    "\n  fragment WorkerTable_Worker on Worker {\n    workerId\n    host\n    queue\n    activeRuns\n    startedAt\n    heartbeatAt\n  }\n": types.WorkerTable_WorkerFragmentDoc,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment AuditObjects_AuditEntry on AuditEntry {\n    objectType\n    objectIds\n  }\n"): typeof import('./graphql.ts').AuditObjects_AuditEntryFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AuditPage_Query($where: AuditFilter, $after: String, $isNamed: Boolean!) {\n    auditLog(first: 50, where: $where, after: $after) {\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      nodes {\n        id\n        ...AuditPage_Objects\n        ...AuditRow_AuditEntry\n      }\n    }\n    principals(first: 100) @include(if: $isNamed) {\n      nodes {\n        id\n        name\n      }\n    }\n  }\n"): typeof import('./graphql.ts').AuditPage_QueryDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment AuditPage_Objects on AuditEntry {\n    action\n    objectType\n    objectIds\n  }\n"): typeof import('./graphql.ts').AuditPage_ObjectsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment AuditRow_AuditEntry on AuditEntry {\n    at\n    principal\n    address\n    action\n    rejected\n    times\n    ...AuditObjects_AuditEntry\n    ...StateHashes_AuditEntry\n  }\n"): typeof import('./graphql.ts').AuditRow_AuditEntryFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment StateHashes_AuditEntry on AuditEntry {\n    hashBefore\n    hashAfter\n    requestId\n  }\n"): typeof import('./graphql.ts').StateHashes_AuditEntryFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ObjectNames_Query($ids: [ID!]!) {\n    nodes(ids: $ids) {\n      __typename\n      id\n      ... on Component {\n        key\n        shop\n      }\n      ... on Product {\n        sku\n        shop\n      }\n      ... on Order {\n        number\n        shop\n      }\n      ... on Run {\n        component {\n          name\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').ObjectNames_QueryDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query BulkItems_Query($id: ID!, $status: [BulkOperationItemStatus!], $after: String, $orders: Boolean!) {\n    feedCursor\n    bulkOperation(id: $id) {\n      items(first: 100, status: $status, after: $after) {\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        nodes {\n          position\n          status\n          reason\n          runId\n          run {\n            id\n            component {\n              name\n            }\n            product {\n              title\n            }\n            order @include(if: $orders) {\n              number\n            }\n            latestReplay {\n              ...RunChip_Run\n              ...ReplayLink_Run\n            }\n            ...RunChip_Run\n            ...ReplayChanges_Run\n          }\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').BulkItems_QueryDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment BulkOperationPage_Fields on BulkOperation {\n    kind\n    status\n    actor\n    reason\n    where @include(if: $payloads)\n    createdAt\n    expected\n    done\n    skipped\n    failed\n    ...BulkProgress_BulkOperation\n  }\n"): typeof import('./graphql.ts').BulkOperationPage_FieldsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query BulkOperationPage_Query($id: ID!, $payloads: Boolean!) {\n    bulkOperation(id: $id) {\n      ...BulkOperationPage_Fields\n    }\n  }\n"): typeof import('./graphql.ts').BulkOperationPage_QueryDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription BulkOperationPage_Watch($id: ID!, $payloads: Boolean!) {\n    bulkOperationUpdated(id: $id) {\n      ...BulkOperationPage_Fields\n    }\n  }\n"): typeof import('./graphql.ts').BulkOperationPage_WatchDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation BulkOperationPage_Abort($id: ID!) {\n    abortBulkOperation(id: $id) {\n      operation {\n        id\n      }\n      userErrors {\n        message\n      }\n    }\n  }\n"): typeof import('./graphql.ts').BulkOperationPage_AbortDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription BulkOutcome_Counts($where: RunFilter!) {\n    runCounts(where: $where) {\n      completed {\n        count\n      }\n      failed {\n        count\n      }\n      canceled {\n        count\n      }\n      running {\n        count\n      }\n      queued {\n        count\n      }\n    }\n  }\n"): typeof import('./graphql.ts').BulkOutcome_CountsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query BulkPage_Query($status: [BulkOperationStatus!], $after: String, $payloads: Boolean!) {\n    feedCursor\n    bulkOperations(first: 25, status: $status, after: $after) {\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      nodes {\n        id\n        ...BulkRow_BulkOperation\n      }\n    }\n  }\n"): typeof import('./graphql.ts').BulkPage_QueryDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment BulkProgress_BulkOperation on BulkOperation {\n    status\n    expected\n    done\n    skipped\n    failed\n  }\n"): typeof import('./graphql.ts').BulkProgress_BulkOperationFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment BulkRow_BulkOperation on BulkOperation {\n    id\n    kind\n    actor\n    reason\n    where @include(if: $payloads)\n    createdAt\n    expected\n    done\n    skipped\n    failed\n    ...BulkProgress_BulkOperation\n  }\n"): typeof import('./graphql.ts').BulkRow_BulkOperationFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ChangedRuns_Query($id: ID!, $after: String, $status: [BulkOperationItemStatus!]) {\n    bulkOperation(id: $id) {\n      items(first: 100, after: $after, status: $status) {\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        nodes {\n          status\n          runId\n          run {\n            status\n            latestReplay {\n              id\n              status\n            }\n          }\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').ChangedRuns_QueryDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ArchiveButton_Component on Component {\n    id\n    name\n    archivedAt\n  }\n"): typeof import('./graphql.ts').ArchiveButton_ComponentFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ArchiveButton_Restore($id: ID!) {\n    restoreComponent(id: $id) {\n      userErrors {\n        message\n      }\n    }\n  }\n"): typeof import('./graphql.ts').ArchiveButton_RestoreDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ArchiveDialog_Component on Component {\n    attachments(first: 8) {\n      totalCount\n      totalCountExact\n      nodes {\n        id\n        product {\n          title\n        }\n      }\n    }\n    runs(where: { status: [QUEUED, RUNNING] }, first: 1) @include(if: $runs) {\n      totalCount\n      totalCountExact\n    }\n  }\n"): typeof import('./graphql.ts').ArchiveDialog_ComponentFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ArchiveDialog_Query($id: ID!, $runs: Boolean!) {\n    component(id: $id) {\n      ...ArchiveDialog_Component\n    }\n  }\n"): typeof import('./graphql.ts').ArchiveDialog_QueryDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ArchiveDialog_Archive($id: ID!) {\n    archiveComponent(id: $id) {\n      userErrors {\n        message\n      }\n    }\n  }\n"): typeof import('./graphql.ts').ArchiveDialog_ArchiveDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment AttachedProducts_Component on Component {\n    key\n    shop\n    attachedTo: attachments(first: 30) {\n      totalCount\n      totalCountExact\n      pageInfo {\n        hasNextPage\n      }\n      nodes {\n        id\n        product {\n          sku\n          shop\n          title\n          problems {\n            attachment {\n              id\n            }\n          }\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').AttachedProducts_ComponentFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ComponentEditor_Component on Component {\n    id\n    key\n    shop\n    name\n    version\n    archivedAt\n    description\n    triggers\n    timeoutSeconds\n    inputSchema\n    script {\n      slug\n      runtime\n      version\n      metadata\n    }\n    retryPolicy {\n      maxAttempts\n      backoff\n      initialDelaySeconds\n      maxDelaySeconds\n    }\n    providerDependencies {\n      key\n      optional\n    }\n    ...ArchiveButton_Component\n    ...AttachedProducts_Component\n    ...VersionList_Component\n  }\n"): typeof import('./graphql.ts').ComponentEditor_ComponentFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ComponentEditor_Update($id: ID!, $input: UpdateComponentInput!) {\n    updateComponent(id: $id, input: $input) {\n      component {\n        ...ComponentEditor_Component\n      }\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n"): typeof import('./graphql.ts').ComponentEditor_UpdateDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ComponentPage_Query($key: String!, $shop: String) {\n    component(key: $key, shop: $shop) {\n      name\n      ...ComponentEditor_Component\n    }\n  }\n"): typeof import('./graphql.ts').ComponentPage_QueryDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query DefinitionFields_Query {\n    components(first: 100) {\n      nodes {\n        providerDependencies {\n          key\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').DefinitionFields_QueryDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation NewComponentPage_Register($input: RegisterComponentInput!) {\n    registerComponent(input: $input) {\n      component {\n        key\n      }\n      userErrors {\n        message\n        path\n      }\n    }\n  }\n"): typeof import('./graphql.ts').NewComponentPage_RegisterDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment UpdateEffect_Preview on ComponentPreview {\n    isNewVersion\n    checkedAttachments\n    checkedAll\n    problems {\n      code\n      message\n      attachment {\n        id\n        product {\n          sku\n          shop\n          title\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').UpdateEffect_PreviewFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment VersionList_Component on Component {\n    versions(first: 20) {\n      nodes {\n        id\n        version\n        createdAt\n        actor\n        actorName\n        triggers\n        timeoutSeconds\n        inputSchema\n        script {\n          slug\n          runtime\n          version\n          metadata\n        }\n        retryPolicy {\n          maxAttempts\n          backoff\n          initialDelaySeconds\n          maxDelaySeconds\n        }\n        providerDependencies {\n          key\n          optional\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').VersionList_ComponentFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ComponentPreview_Query(\n    $id: ID!\n    $input: UpdateComponentInput!\n    $isStored: Boolean!\n    $inputSchema: JSONObject!\n    $samples: [JSONObject!]!\n  ) {\n    previewComponent(id: $id, input: $input) @include(if: $isStored) {\n      ...UpdateEffect_Preview\n      userErrors {\n        message\n        path\n      }\n    }\n    checkSamples(inputSchema: $inputSchema, samples: $samples) {\n      results {\n        inputErrors {\n          path\n          message\n        }\n      }\n      userErrors {\n        message\n        path\n      }\n    }\n  }\n"): typeof import('./graphql.ts').ComponentPreview_QueryDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ComponentRow_Component on Component {\n    key\n    name\n    shop\n    version\n    triggers\n    archivedAt\n    updatedAt\n    attachments(first: 1) {\n      totalCount\n      totalCountExact\n    }\n    ...LastHour_Component\n  }\n"): typeof import('./graphql.ts').ComponentRow_ComponentFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ComponentsPage_Query($search: String, $includeArchived: Boolean, $runs: Boolean!, $after: String) {\n    components(search: $search, includeArchived: $includeArchived, first: 25, after: $after) {\n      totalCount\n      totalCountExact\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      nodes {\n        id\n        ...ComponentRow_Component\n      }\n    }\n  }\n"): typeof import('./graphql.ts').ComponentsPage_QueryDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment LastHour_Component on Component {\n    key\n    stats @include(if: $runs) {\n      completed\n      failed\n      latencyP50Ms\n      latencyP95Ms\n    }\n  }\n"): typeof import('./graphql.ts').LastHour_ComponentFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DisableDialog_Disable($id: ID!) {\n    disablePrincipal(id: $id) {\n      principal {\n        id\n      }\n      userErrors {\n        message\n      }\n    }\n  }\n"): typeof import('./graphql.ts').DisableDialog_DisableDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment EditPrincipalDialog_Principal on Principal {\n    id\n    revision\n    name\n    roles\n    channels\n  }\n"): typeof import('./graphql.ts').EditPrincipalDialog_PrincipalFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation EditPrincipalDialog_Update($id: ID!, $input: UpdatePrincipalInput!) {\n    updatePrincipal(id: $id, input: $input) {\n      principal {\n        id\n      }\n      userErrors {\n        message\n        path\n      }\n    }\n  }\n"): typeof import('./graphql.ts').EditPrincipalDialog_UpdateDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment KeyRow_ApiKey on ApiKey {\n    id\n    environment\n    createdAt\n    lastUsedAt\n    expiresAt\n    revokedAt\n  }\n"): typeof import('./graphql.ts').KeyRow_ApiKeyFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation KeyRow_Revoke($id: ID!) {\n    revokeApiKey(id: $id) {\n      apiKey {\n        id\n      }\n      userErrors {\n        message\n      }\n    }\n  }\n"): typeof import('./graphql.ts').KeyRow_RevokeDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query KeysPage_Query($after: String) {\n    channels\n    principals(first: 20, after: $after) {\n      totalCount\n      totalCountExact\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      nodes {\n        id\n        ...PrincipalCard_Principal\n      }\n    }\n  }\n"): typeof import('./graphql.ts').KeysPage_QueryDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation NewPrincipalDialog_Create($input: CreatePrincipalInput!) {\n    createPrincipal(input: $input) {\n      principal {\n        id\n      }\n      userErrors {\n        message\n        path\n      }\n    }\n  }\n"): typeof import('./graphql.ts').NewPrincipalDialog_CreateDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment PrincipalCard_Principal on Principal {\n    id\n    name\n    kind\n    roles\n    permissions\n    channels\n    createdAt\n    disabledAt\n    ...EditPrincipalDialog_Principal\n    apiKeys {\n      id\n      revokedAt\n      expiresAt\n      ...KeyRow_ApiKey\n    }\n  }\n"): typeof import('./graphql.ts').PrincipalCard_PrincipalFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation NewKey_Create($input: CreateApiKeyInput!) {\n    createApiKey(input: $input) {\n      key\n      userErrors {\n        message\n      }\n    }\n  }\n"): typeof import('./graphql.ts').NewKey_CreateDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ReplayChanges_Run on Run {\n    id\n    latestReplay {\n      id\n      replayOf {\n        id\n      }\n    }\n  }\n"): typeof import('./graphql.ts').ReplayChanges_RunFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription RunChanges_Feed($where: RunFilter!, $after: String) {\n    runEvents(where: $where, after: $after) {\n      cursor\n    }\n  }\n"): typeof import('./graphql.ts').RunChanges_FeedDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AutomationDialog_Plan($input: RunOrderAutomationInput!, $orderId: ID!) {\n    channels\n    orderAutomationPlan(input: $input) {\n      decision\n      ...PlanTable_Step\n    }\n    order(id: $orderId) {\n      runs(first: 100) {\n        nodes {\n          ...PlanTable_Run\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').AutomationDialog_PlanDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AutomationDialog_Components($input: RunOrderAutomationInput!) {\n    orderAutomationPlan(input: $input) {\n      attachment {\n        component {\n          id\n          name\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').AutomationDialog_ComponentsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation AutomationDialog_Run($input: RunOrderAutomationInput!) {\n    runOrderAutomation(input: $input) {\n      groupId\n      userErrors {\n        message\n      }\n    }\n  }\n"): typeof import('./graphql.ts').AutomationDialog_RunDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment GroupList_RunGroup on RunGroup {\n    id\n    kind\n    createdAt\n    ...GroupProgress_RunGroup\n  }\n"): typeof import('./graphql.ts').GroupList_RunGroupFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query GroupPage_Query($id: ID!, $payloads: Boolean!, $withOpenSteps: Boolean!) {\n    feedCursor\n    group(id: $id) {\n      kind\n      createdAt\n      actor\n      ...GroupProgress_RunGroup\n      order {\n        id\n        number\n        shop\n        lines {\n          ...OrderJourney_Line\n        }\n      }\n      runs(first: 100) {\n        ...OrderJourney_Runs\n      }\n      skipped(first: 100) {\n        ...OrderJourney_Skipped\n      }\n    }\n  }\n"): typeof import('./graphql.ts').GroupPage_QueryDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment GroupProgress_RunGroup on RunGroup {\n    counts {\n      completed {\n        count\n      }\n      failed {\n        count\n      }\n      canceled {\n        count\n      }\n      running {\n        count\n      }\n      queued {\n        count\n      }\n    }\n    unsuccessful: runs(first: 100, where: { status: [FAILED, CANCELED] }) {\n      nodes {\n        status\n        latestReplay {\n          status\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').GroupProgress_RunGroupFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment OrderJourney_Line on OrderLine {\n    position\n    sku\n    quantity\n    payload @include(if: $payloads)\n    product {\n      sku\n      shop\n      title\n      journeyComponents @include(if: $withOpenSteps) {\n        id\n        displayOrder\n        component {\n          name\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').OrderJourney_LineFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment OrderJourney_Runs on RunConnection {\n    totalCount\n    totalCountExact\n    nodes {\n      id\n      orderLine {\n        position\n      }\n      attachment {\n        id\n        displayOrder\n      }\n      component {\n        name\n      }\n      replayOf {\n        id\n      }\n      ...StepRun_Run\n    }\n  }\n"): typeof import('./graphql.ts').OrderJourney_RunsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment OrderJourney_Skipped on SkippedAttachmentConnection {\n    nodes {\n      reason\n      line {\n        position\n      }\n      attachment {\n        id\n        displayOrder\n        component {\n          name\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').OrderJourney_SkippedFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query OrderPage_Query($number: String!, $shop: String, $payloads: Boolean!, $withOpenSteps: Boolean!) {\n    feedCursor\n    order(number: $number, shop: $shop) {\n      id\n      shop\n      placedAt\n      forgottenAt\n      payload @include(if: $payloads)\n      groups {\n        ...GroupList_RunGroup\n      }\n      lines {\n        ...OrderJourney_Line\n      }\n      runs(first: 100) {\n        ...OrderJourney_Runs\n      }\n      skipped(first: 100) {\n        ...OrderJourney_Skipped\n      }\n    }\n  }\n"): typeof import('./graphql.ts').OrderPage_QueryDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment PlanTable_Step on JourneyStep {\n    decision\n    reason\n    line {\n      position\n      sku\n      product {\n        title\n      }\n    }\n    attachment {\n      id\n      component {\n        name\n      }\n    }\n  }\n"): typeof import('./graphql.ts').PlanTable_StepFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment PlanTable_Run on Run {\n    orderLine {\n      position\n    }\n    attachment {\n      id\n    }\n  }\n"): typeof import('./graphql.ts').PlanTable_RunFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment StepRun_Run on Run {\n    id\n    status\n    error {\n      message\n    }\n    ...RunChip_Run\n    latestReplay {\n      id\n      status\n      error {\n        message\n      }\n      ...RunChip_Run\n    }\n  }\n"): typeof import('./graphql.ts').StepRun_RunFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query CheckoutFields_Channels {\n    channels\n  }\n"): typeof import('./graphql.ts').CheckoutFields_ChannelsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query OrderLines_Products($search: String, $shop: String) {\n    products(search: $search, shop: $shop, first: 20) {\n      nodes {\n        sku\n      }\n    }\n  }\n"): typeof import('./graphql.ts').OrderLines_ProductsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment OrderRow_Order on Order {\n    number\n    shop\n    placedAt\n    lines {\n      sku\n      product {\n        title\n      }\n    }\n    runs(first: 20) {\n      totalCount\n      nodes {\n        status\n        latestReplay {\n          status\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').OrderRow_OrderFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query OrdersPage_Query($search: String, $after: String) {\n    feedCursor\n    orders(search: $search, first: 25, after: $after) {\n      totalCount\n      totalCountExact\n      pageInfo {\n        endCursor\n        hasNextPage\n      }\n      nodes {\n        id\n        ...OrderRow_Order\n      }\n    }\n  }\n"): typeof import('./graphql.ts').OrdersPage_QueryDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RecordOrder_Alone($input: RecordOrderInput!) {\n    recorded: recordOrder(input: $input) {\n      order {\n        number\n        shop\n      }\n      userErrors {\n        message\n      }\n    }\n  }\n"): typeof import('./graphql.ts').RecordOrder_AloneDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RecordOrder_Checkout($input: EnqueueCheckoutRunsInput!) {\n    recorded: enqueueCheckoutRuns(input: $input) {\n      order {\n        number\n        shop\n      }\n      userErrors {\n        message\n      }\n    }\n  }\n"): typeof import('./graphql.ts').RecordOrder_CheckoutDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Actor_Query {\n    principals(first: 100) {\n      nodes {\n        id\n        name\n      }\n    }\n  }\n"): typeof import('./graphql.ts').Actor_QueryDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query BulkConfirm_Preview($kind: BulkOperationKind!, $where: RunFilter!) {\n    bulkPreview(kind: $kind, where: $where) {\n      expected\n      applicable\n      byStatus {\n        status\n        count\n        applies\n      }\n      userErrors {\n        message\n      }\n    }\n  }\n"): typeof import('./graphql.ts').BulkConfirm_PreviewDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ReplayLink_Run on Run {\n    id\n    status\n    runAt\n    attempt\n    cancelRequestedAt\n  }\n"): typeof import('./graphql.ts').ReplayLink_RunFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment RunChip_Run on Run {\n    id\n    status\n    error {\n      code\n    }\n    ...StatusBadge_Run\n  }\n"): typeof import('./graphql.ts').RunChip_RunFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment StatusBadge_Run on Run {\n    status\n    runAt\n    attempt\n    cancelRequestedAt\n  }\n"): typeof import('./graphql.ts').StatusBadge_RunFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query EchoRunner_Query {\n    system {\n      runner {\n        kind\n      }\n    }\n  }\n"): typeof import('./graphql.ts').EchoRunner_QueryDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ReplayedRuns_Query($where: RunFilter!) {\n    runs(where: $where, first: 100) {\n      nodes {\n        id\n        latestReplay {\n          id\n          status\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').ReplayedRuns_QueryDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation StartBulk_Retry($where: RunFilter!, $idempotencyKey: String) {\n    started: bulkRetryRuns(where: $where, idempotencyKey: $idempotencyKey) {\n      operation {\n        id\n      }\n      userErrors {\n        message\n      }\n    }\n  }\n"): typeof import('./graphql.ts').StartBulk_RetryDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation StartBulk_Replay($where: RunFilter!, $idempotencyKey: String) {\n    started: bulkReplayRuns(where: $where, idempotencyKey: $idempotencyKey) {\n      operation {\n        id\n      }\n      userErrors {\n        message\n      }\n    }\n  }\n"): typeof import('./graphql.ts').StartBulk_ReplayDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation StartBulk_Cancel($where: RunFilter!, $idempotencyKey: String, $reason: String) {\n    started: bulkCancelRuns(where: $where, idempotencyKey: $idempotencyKey, reason: $reason) {\n      operation {\n        id\n      }\n      userErrors {\n        message\n      }\n    }\n  }\n"): typeof import('./graphql.ts').StartBulk_CancelDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AddStep_Linked($key: String!, $shop: String) {\n    component(key: $key, shop: $shop) {\n      id\n      key\n      name\n      triggers\n      inputSchema\n      archivedAt\n    }\n  }\n"): typeof import('./graphql.ts').AddStep_LinkedDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AddStep_Query($search: String, $shop: String) {\n    components(search: $search, shop: $shop, first: 50) {\n      nodes {\n        id\n        key\n        name\n        triggers\n        inputSchema\n      }\n    }\n  }\n"): typeof import('./graphql.ts').AddStep_QueryDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription Composer_Updated($id: ID!) {\n    productUpdated(id: $id) {\n      revision\n      ...Composer_Product\n    }\n  }\n"): typeof import('./graphql.ts').Composer_UpdatedDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment Composer_Product on Product {\n    id\n    sku\n    shop\n    title\n    revision\n    attributes\n    journeyComponents {\n      id\n      channelEligibility\n      isRequired\n      metadata\n      component {\n        id\n        key\n        name\n        triggers\n        inputSchema\n        archivedAt\n      }\n      bindings {\n        __typename\n        inputKey\n        required\n        ... on StaticBinding {\n          value\n          secret\n        }\n        ... on SecretBinding {\n          name\n        }\n        ... on RuntimeBinding {\n          path\n        }\n        ... on ProductFieldBinding {\n          path\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').Composer_ProductFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ProductPage_Query($sku: String!, $shop: String) {\n    product(sku: $sku, shop: $shop) {\n      ...Composer_Product\n    }\n  }\n"): typeof import('./graphql.ts').ProductPage_QueryDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RunStepDialog_Enqueue($input: EnqueueRunInput!) {\n    enqueueRun(input: $input) {\n      run {\n        id\n      }\n      userErrors {\n        message\n      }\n    }\n  }\n"): typeof import('./graphql.ts').RunStepDialog_EnqueueDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query SampleSelect_Query($where: RunFilter!, $cameFrom: RunFilter!, $orders: Boolean!, $runs: Boolean!) {\n    cameFrom: runs(where: $cameFrom, first: 1) @include(if: $runs) {\n      nodes {\n        ...SampleSelect_Run\n      }\n    }\n    orders(first: 5) @include(if: $orders) {\n      nodes {\n        number\n        payload\n        lines {\n          sku\n          quantity\n          position\n          payload\n        }\n      }\n    }\n    runs(where: $where, first: 3) @include(if: $runs) {\n      nodes {\n        ...SampleSelect_Run\n      }\n    }\n  }\n"): typeof import('./graphql.ts').SampleSelect_QueryDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment SampleSelect_Run on Run {\n    id\n    queuedAt\n    inputPayload\n    context\n    metadata\n  }\n"): typeof import('./graphql.ts').SampleSelect_RunFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query StepEditor_Query($runs: Boolean!, $secrets: Boolean!) {\n    channels @include(if: $runs)\n    secrets @include(if: $secrets) {\n      name\n    }\n  }\n"): typeof import('./graphql.ts').StepEditor_QueryDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription WatchedRun_Run($id: ID!, $payloads: Boolean!) {\n    runUpdated(id: $id) {\n      status\n      resultPayload @include(if: $payloads)\n      error {\n        message\n      }\n      ...StatusBadge_Run\n    }\n  }\n"): typeof import('./graphql.ts').WatchedRun_RunDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query StepPreview_Query($input: EnqueueRunInput!, $product: SaveProductInput, $attachment: AttachmentInput) {\n    previewRun(input: $input, product: $product, attachment: $attachment) {\n      request\n      userErrors {\n        message\n        path\n      }\n      inputErrors {\n        path\n        message\n      }\n      bindings {\n        resolved\n        value\n        reason\n        binding {\n          inputKey\n          required\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').StepPreview_QueryDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Problems_Query($sku: String!, $shop: String) {\n    product(sku: $sku, shop: $shop) {\n      revision\n      problems {\n        message\n        attachment {\n          id\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').Problems_QueryDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Composer_Save($input: SaveProductInput!) {\n    saveProduct(input: $input) {\n      product {\n        ...Composer_Product\n      }\n      userErrors {\n        code\n        message\n        path\n      }\n    }\n  }\n"): typeof import('./graphql.ts').Composer_SaveDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation NewProductDialog_Save($input: SaveProductInput!) {\n    saveProduct(input: $input) {\n      product {\n        sku\n      }\n      userErrors {\n        message\n        path\n      }\n    }\n  }\n"): typeof import('./graphql.ts').NewProductDialog_SaveDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ProductRow_Product on Product {\n    sku\n    shop\n    title\n    updatedAt\n    journeyComponents {\n      id\n      component {\n        name\n      }\n    }\n    problems @include(if: $isProblems) {\n      code\n      message\n      attachment {\n        id\n        component {\n          name\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').ProductRow_ProductFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ProductsPage_Component($key: String!, $shop: String) {\n    component(key: $key, shop: $shop) {\n      id\n      name\n    }\n  }\n"): typeof import('./graphql.ts').ProductsPage_ComponentDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ProductsPage_Query(\n    $search: String\n    $componentId: ID\n    $hasProblems: Boolean\n    $isProblems: Boolean!\n    $after: String\n  ) {\n    products(\n      search: $search\n      componentId: $componentId\n      hasProblems: $hasProblems\n      first: 25\n      after: $after\n    ) {\n      totalCount\n      totalCountExact\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      nodes {\n        id\n        ...ProductRow_Product\n      }\n    }\n  }\n"): typeof import('./graphql.ts').ProductsPage_QueryDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment AttemptLanes_Run on Run {\n    runAt\n    completedAt\n    attempts {\n      number\n      startedAt\n      workerId\n      idempotencyKey\n    }\n    events(first: 100) {\n      nodes {\n        type\n        at\n        attempt\n        runAt\n        error {\n          code\n          message\n        }\n        telemetry {\n          latencyMs\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').AttemptLanes_RunFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment BindingSource_Binding on Binding {\n    __typename\n    ... on StaticBinding {\n      value\n      secret\n    }\n    ... on SecretBinding {\n      name\n    }\n    ... on RuntimeBinding {\n      path\n    }\n    ... on ProductFieldBinding {\n      path\n    }\n  }\n"): typeof import('./graphql.ts').BindingSource_BindingFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment BindingTable_Run on Run {\n    request\n    resolvedBindings\n    bindingSnapshot {\n      inputKey\n      required\n      ...BindingSource_Binding\n    }\n  }\n"): typeof import('./graphql.ts').BindingTable_RunFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment CancelDialog_Run on Run {\n    id\n    status\n  }\n"): typeof import('./graphql.ts').CancelDialog_RunFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CancelDialog_Cancel($id: ID!, $reason: String) {\n    cancelRun(id: $id, reason: $reason) {\n      run {\n        id\n      }\n      userErrors {\n        message\n      }\n    }\n  }\n"): typeof import('./graphql.ts').CancelDialog_CancelDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment CopyMenu_Run on Run {\n    request @include(if: $payloads)\n    channel\n    trigger\n    inputPayload @include(if: $payloads)\n    context @include(if: $payloads)\n    metadata @include(if: $payloads)\n    component {\n      id\n    }\n    product {\n      id\n    }\n    attachment {\n      id\n    }\n  }\n"): typeof import('./graphql.ts').CopyMenu_RunFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment EventTable_Run on Run {\n    events(first: 100) {\n      nodes {\n        sequence\n        at\n        type\n        attempt\n        actor\n        reason\n        error {\n          message\n        }\n        telemetry {\n          errorPreview @include(if: $payloads)\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').EventTable_RunFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment FaultList_Run on Run {\n    id\n    product {\n      sku\n      shop\n    }\n    attachment {\n      id\n    }\n    bindingSnapshot {\n      inputKey\n      ...BindingSource_Binding\n    }\n  }\n"): typeof import('./graphql.ts').FaultList_RunFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ReplayDialog_Run on Run {\n    id\n    request\n    inputPayload\n    product {\n      sku\n      shop\n    }\n    attachment {\n      id\n    }\n  }\n"): typeof import('./graphql.ts').ReplayDialog_RunFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ReplayDialog_Replay($id: ID!, $input: ReplayRunInput) {\n    replayRun(id: $id, input: $input) {\n      run {\n        id\n      }\n      userErrors {\n        message\n      }\n    }\n  }\n"): typeof import('./graphql.ts').ReplayDialog_ReplayDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment RunActions_Run on Run {\n    id\n    status\n    forgottenAt\n    attachment {\n      id\n    }\n    error {\n      code\n    }\n    ...CancelDialog_Run\n    ...CopyMenu_Run\n    ...ReplayDialog_Run @include(if: $payloads)\n  }\n"): typeof import('./graphql.ts').RunActions_RunFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RunActions_Retry($id: ID!) {\n    retryRun(id: $id) {\n      run {\n        id\n      }\n      userErrors {\n        message\n      }\n    }\n  }\n"): typeof import('./graphql.ts').RunActions_RetryDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment RunBody_Run on Run {\n    id\n    component {\n      name\n    }\n    replayOf {\n      id\n    }\n    ...StatusBadge_Run\n    ...RunActions_Run\n    ...RunVerdict_Run\n    ...AttemptLanes_Run\n    ...RunFacts_Run\n    ...RunContents_Run\n  }\n"): typeof import('./graphql.ts').RunBody_RunFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment RunContents_Run on Run {\n    request @include(if: $payloads)\n    resultPayload @include(if: $payloads)\n    inputPayload @include(if: $payloads)\n    context @include(if: $payloads)\n    metadata @include(if: $payloads)\n    ...BindingTable_Run @include(if: $payloads)\n    ...EventTable_Run\n  }\n"): typeof import('./graphql.ts').RunContents_RunFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment RunFacts_Run on Run {\n    queuedAt\n    startedAt\n    completedAt\n    channel\n    trigger\n    priority\n    groupId\n    idempotencyKey\n    component {\n      key\n    }\n    componentVersion {\n      version\n    }\n    product {\n      sku\n      shop\n      title\n    }\n    order @include(if: $orders) {\n      number\n      shop\n    }\n    replays(first: 5) {\n      nodes {\n        id\n      }\n    }\n  }\n"): typeof import('./graphql.ts').RunFacts_RunFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment RunVerdict_Run on Run {\n    status\n    latestReplay {\n      status\n      ...ReplayLink_Run\n    }\n    attempt\n    maxAttempts\n    lostAttempts\n    runAt\n    startedAt\n    completedAt\n    cancelRequestedAt\n    error {\n      code\n      message\n      detail @include(if: $payloads)\n      retryable\n    }\n    telemetry {\n      errorPreview @include(if: $payloads)\n    }\n    events(first: 100) {\n      nodes {\n        type\n        at\n        attempt\n        runAt\n        reason\n        error {\n          code\n          message\n        }\n        telemetry {\n          latencyMs\n        }\n      }\n    }\n    ...FaultList_Run @include(if: $payloads)\n  }\n"): typeof import('./graphql.ts').RunVerdict_RunFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query UseReplayPreview_Query($id: ID!, $input: ReplayRunInput) {\n    previewReplay(id: $id, input: $input) {\n      request\n      userErrors {\n        message\n      }\n      inputErrors {\n        path\n        message\n      }\n      bindings {\n        reason\n        binding {\n          inputKey\n          required\n          ... on ProductFieldBinding {\n            path\n          }\n          ... on RuntimeBinding {\n            path\n          }\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').UseReplayPreview_QueryDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RunPage_Query($id: ID!, $payloads: Boolean!, $orders: Boolean!) {\n    feedCursor\n    run(id: $id) {\n      ...ReplayChanges_Run\n      ...RunBody_Run\n    }\n  }\n"): typeof import('./graphql.ts').RunPage_QueryDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription RunPage_Feed($id: ID!, $payloads: Boolean!, $orders: Boolean!, $after: String) {\n    runEvents(where: { runId: [$id] }, after: $after) {\n      cursor\n      run {\n        ...ReplayChanges_Run\n        ...RunBody_Run\n      }\n    }\n  }\n"): typeof import('./graphql.ts').RunPage_FeedDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment EndedChart_Bucket on RunStatsBucket {\n    from\n    completed\n    failed\n    canceled\n  }\n"): typeof import('./graphql.ts').EndedChart_BucketFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ErrorGroupRow_RunErrorGroup on RunErrorGroup {\n    code\n    message\n    count\n    firstAt\n    lastAt\n    component {\n      key\n      name\n    }\n    latestRun {\n      latestReplay {\n        ...ReplayLink_Run\n      }\n    }\n  }\n"): typeof import('./graphql.ts').ErrorGroupRow_RunErrorGroupFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ErrorGroups_Query($where: RunFilter!) {\n    feedCursor\n    runErrors(where: $where, first: 50) {\n      code\n      message\n      component {\n        key\n      }\n      latestRun {\n        ...ReplayChanges_Run\n      }\n      ...ErrorGroupRow_RunErrorGroup\n    }\n  }\n"): typeof import('./graphql.ts').ErrorGroups_QueryDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query FilterEditor_Components($search: String) {\n    components(search: $search, first: 50, includeArchived: true) {\n      nodes {\n        key\n      }\n    }\n  }\n"): typeof import('./graphql.ts').FilterEditor_ComponentsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query FilterEditor_Products($search: String) {\n    products(search: $search, first: 50) {\n      nodes {\n        sku\n      }\n    }\n  }\n"): typeof import('./graphql.ts').FilterEditor_ProductsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query FilterEditor_Orders($search: String) {\n    orders(search: $search, first: 50) {\n      nodes {\n        number\n      }\n    }\n  }\n"): typeof import('./graphql.ts').FilterEditor_OrdersDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query FilterEditor_Channels {\n    channels\n  }\n"): typeof import('./graphql.ts').FilterEditor_ChannelsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query PathFilterForm_Query($where: RunFilter!, $first: Int!) {\n    runs(where: $where, first: $first) {\n      nodes {\n        inputPayload\n        metadata\n        context\n      }\n    }\n  }\n"): typeof import('./graphql.ts').PathFilterForm_QueryDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment RunOutcome_Run on Run {\n    status\n    attempt\n    maxAttempts\n    runAt\n    startedAt\n    completedAt\n    error {\n      code\n      message\n    }\n  }\n"): typeof import('./graphql.ts').RunOutcome_RunFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment RunRow_Run on Run {\n    queuedAt\n    channel\n    trigger\n    priority\n    component {\n      key\n      name\n    }\n    product {\n      sku\n      title\n    }\n    order @include(if: $orders) {\n      number\n    }\n    ...StatusBadge_Run\n    ...RunOutcome_Run\n  }\n"): typeof import('./graphql.ts').RunRow_RunFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SaveViewForm_Save($input: SaveViewInput!) {\n    saveView(input: $input) {\n      view {\n        id\n      }\n      userErrors {\n        message\n      }\n    }\n  }\n"): typeof import('./graphql.ts').SaveViewForm_SaveDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ShownReplays_Query($ids: [ID!]!) {\n    feedCursor\n    runs(where: { runId: $ids }, first: 100) {\n      nodes {\n        id\n        ...ReplayChanges_Run\n        latestReplay {\n          ...ReplayLink_Run\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').ShownReplays_QueryDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment StatusTabs_Count on BoundedCount {\n    count\n    exact\n  }\n"): typeof import('./graphql.ts').StatusTabs_CountFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription StatusTabs_Counts($where: RunFilter) {\n    runCounts(where: $where) {\n      queued {\n        ...StatusTabs_Count\n      }\n      running {\n        ...StatusTabs_Count\n      }\n      completed {\n        ...StatusTabs_Count\n      }\n      failed {\n        ...StatusTabs_Count\n      }\n      canceled {\n        ...StatusTabs_Count\n      }\n    }\n  }\n"): typeof import('./graphql.ts').StatusTabs_CountsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ViewList_SavedView on SavedView {\n    id\n    name\n    address\n    isOwn\n    isShared\n  }\n"): typeof import('./graphql.ts').ViewList_SavedViewFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ViewList_Delete($id: ID!) {\n    deleteView(id: $id) {\n      userErrors {\n        message\n      }\n    }\n  }\n"): typeof import('./graphql.ts').ViewList_DeleteDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ViewsButton_Query {\n    savedViews(page: \"runs\") {\n      ...ViewList_SavedView\n    }\n  }\n"): typeof import('./graphql.ts').ViewsButton_QueryDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ListedRun_Run on Run {\n    id\n    sequence\n    status\n    priority\n    completedAt\n    error {\n      code\n    }\n    ...RunRow_Run\n  }\n"): typeof import('./graphql.ts').ListedRun_RunFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RunList_Page($where: RunFilter!, $first: Int!, $after: String, $orders: Boolean!, $isFirst: Boolean!) {\n    feedCursor @include(if: $isFirst)\n    runs(where: $where, first: $first, after: $after) {\n      totalCount @include(if: $isFirst)\n      totalCountExact @include(if: $isFirst)\n      pageInfo {\n        endCursor\n        hasNextPage\n      }\n      nodes {\n        ...ListedRun_Run\n      }\n    }\n  }\n"): typeof import('./graphql.ts').RunList_PageDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription RunList_Feed($where: RunFilter!, $after: String, $orders: Boolean!) {\n    runEvents(where: $where, after: $after) {\n      cursor\n      run {\n        ...ListedRun_Run\n      }\n    }\n  }\n"): typeof import('./graphql.ts').RunList_FeedDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RunList_Product($sku: String!) {\n    product(sku: $sku) {\n      id\n    }\n  }\n"): typeof import('./graphql.ts').RunList_ProductDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ChartStats_Ended on RunStats {\n    since\n    completed\n    failed\n    latencyP50Ms\n    latencyP95Ms\n    series {\n      ...EndedChart_Bucket\n    }\n  }\n"): typeof import('./graphql.ts').ChartStats_EndedFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription ChartStats_Hour($where: RunFilter) {\n    runStats(where: $where) {\n      queued\n      running\n      oldestQueuedSeconds\n      ...ChartStats_Ended\n    }\n  }\n"): typeof import('./graphql.ts').ChartStats_HourDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ChartStats_Range($where: RunFilter, $range: RunStatsRange!) {\n    runStats(where: $where, range: $range) {\n      ...ChartStats_Ended\n    }\n  }\n"): typeof import('./graphql.ts').ChartStats_RangeDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription ServiceBanners_Stats {\n    runStats {\n      unservedQueues {\n        queue\n        dueRuns\n      }\n    }\n  }\n"): typeof import('./graphql.ts').ServiceBanners_StatsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ServiceLine_Query {\n    system {\n      version\n    }\n  }\n"): typeof import('./graphql.ts').ServiceLine_QueryDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ShortLink_Query($id: String!) {\n    runs(where: { search: $id }, first: 2) {\n      nodes {\n        id\n      }\n    }\n  }\n"): typeof import('./graphql.ts').ShortLink_QueryDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ViewerMark_Viewer on Viewer {\n    name\n    channels\n    permissions\n  }\n"): typeof import('./graphql.ts').ViewerMark_ViewerFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment Things_Run on Run {\n    id\n    status\n    runAt\n    attempt\n    cancelRequestedAt\n    queuedAt\n    component {\n      name\n    }\n    product @include(if: $catalogue) {\n      title\n    }\n    order @include(if: $orders) {\n      number\n    }\n    latestReplay {\n      status\n    }\n  }\n"): typeof import('./graphql.ts').Things_RunFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Things_Query($text: String!, $catalogue: Boolean!, $orders: Boolean!) {\n    failed: runs(where: { search: $text, status: [FAILED] }, first: 8) {\n      nodes {\n        ...Things_Run\n      }\n    }\n    newest: runs(where: { search: $text }, first: 4) {\n      nodes {\n        ...Things_Run\n      }\n    }\n    order(number: $text) @include(if: $orders) {\n      id\n      number\n      placedAt\n      shop\n    }\n    orders(search: $text, first: 4) @include(if: $orders) {\n      nodes {\n        id\n        number\n        placedAt\n        shop\n      }\n    }\n    product(sku: $text) @include(if: $catalogue) {\n      id\n      sku\n      title\n      shop\n    }\n    products(search: $text, first: 4) @include(if: $catalogue) {\n      nodes {\n        id\n        sku\n        title\n        shop\n      }\n    }\n    component(key: $text) @include(if: $catalogue) {\n      id\n      key\n      name\n      shop\n    }\n    components(search: $text, first: 4) @include(if: $catalogue) {\n      nodes {\n        id\n        key\n        name\n        shop\n      }\n    }\n  }\n"): typeof import('./graphql.ts').Things_QueryDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Frame_Viewer {\n    viewer {\n      permissions\n      ...ViewerMark_Viewer\n    }\n  }\n"): typeof import('./graphql.ts').Frame_ViewerDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment QueueTable_Queue on TaskQueue {\n    name\n    isServed\n    oldestDueSeconds\n    queued {\n      count\n      exact\n    }\n  }\n"): typeof import('./graphql.ts').QueueTable_QueueFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription SystemPage_Watch {\n    runStats {\n      unservedQueues {\n        queue\n      }\n    }\n  }\n"): typeof import('./graphql.ts').SystemPage_WatchDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query SystemPage_Query {\n    feedCursor\n    system {\n      version\n      now\n      feedLagMs\n      retentionDays\n      runner {\n        kind\n        host\n      }\n      workers {\n        ...WorkerTable_Worker\n      }\n      queues {\n        name\n        isServed\n        oldestDueSeconds\n        ...QueueTable_Queue\n      }\n    }\n  }\n"): typeof import('./graphql.ts').SystemPage_QueryDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment WorkerTable_Worker on Worker {\n    workerId\n    host\n    queue\n    activeRuns\n    startedAt\n    heartbeatAt\n  }\n"): typeof import('./graphql.ts').WorkerTable_WorkerFragmentDoc;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
