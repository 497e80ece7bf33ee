using System.Collections.Concurrent;
using System.Collections.Frozen;

namespace Orkestra.Validation.TestState;

/// <summary>
/// The results of actions that workflows call often, in the notation of <see cref="ShapeReader"/>, as the API references of the services describe them.
/// Results of other actions are not looked at.
/// </summary>
internal static class ResultShapes
{
    const string Capacity = "CapacityUnits:n ReadCapacityUnits:n WriteCapacityUnits:n";
    const string Consumed = $"ConsumedCapacity:{{TableName:s {Capacity} Table:{{{Capacity}}} LocalSecondaryIndexes:<{{{Capacity}}}> GlobalSecondaryIndexes:<{{{Capacity}}}>}}";
    const string Written = $"Attributes:<*> {Consumed} ItemCollectionMetrics:{{ItemCollectionKey:<*> SizeEstimateRangeGB:[n]}}";
    const string KmsAlgorithm = "e(SYMMETRIC_DEFAULT|RSAES_OAEP_SHA_1|RSAES_OAEP_SHA_256|SM2PKE)";

    const string StorageClass =
        "e(STANDARD|REDUCED_REDUNDANCY|STANDARD_IA|ONEZONE_IA|INTELLIGENT_TIERING|GLACIER|DEEP_ARCHIVE|OUTPOSTS|GLACIER_IR|SNOW|EXPRESS_ONEZONE|FSX_OPENZFS|FSX_ONTAP)";

    const string ObjectHead =
        "DeleteMarker:f AcceptRanges:s Expiration:s Restore:s LastModified:t ContentLength:n ETag:s ChecksumCRC32:s ChecksumCRC32C:s ChecksumCRC64NVME:s "
        + "ChecksumSHA1:s ChecksumSHA256:s ChecksumType:e(COMPOSITE|FULL_OBJECT) MissingMeta:n VersionId:s CacheControl:s ContentDisposition:s "
        + "ContentEncoding:s ContentLanguage:s ContentRange:s ContentType:s Expires:t WebsiteRedirectLocation:s "
        + "ServerSideEncryption:e(AES256|aws:fsx|aws:kms|aws:kms:dsse) Metadata:<s> SSECustomerAlgorithm:s SSECustomerKeyMD5:s SSEKMSKeyId:s BucketKeyEnabled:f "
        + "StorageClass:" + StorageClass + " RequestCharged:e(requester) ReplicationStatus:e(COMPLETE|PENDING|FAILED|REPLICA|COMPLETED) PartsCount:n TagCount:n "
        + "ObjectLockMode:e(GOVERNANCE|COMPLIANCE) ObjectLockRetainUntilDate:t ObjectLockLegalHoldStatus:e(ON|OFF)";

    const string FunctionConfiguration =
        "FunctionName:s FunctionArn:s Runtime:s Role:s Handler:s(0..128) CodeSize:n Description:s(0..256) Timeout:n(1..) MemorySize:n(128..10240) LastModified:s "
        + "CodeSha256:s Version:s(1..1024) VpcConfig:{SubnetIds:[s] SecurityGroupIds:[s] VpcId:s Ipv6AllowedForDualStack:f} DeadLetterConfig:{TargetArn:s} "
        + "Environment:{Variables:<s> Error:{ErrorCode:s Message:s}} KMSKeyArn:s TracingConfig:{Mode:e(Active|PassThrough)} MasterArn:s RevisionId:s "
        + "Layers:[{Arn:s(1..140) CodeSize:n SigningProfileVersionArn:s SigningJobArn:s}] State:e(Pending|Active|Inactive|Failed|Deactivating|Deactivated|ActiveNonInvocable|Deleting) "
        + "StateReason:s StateReasonCode:s LastUpdateStatus:e(Successful|Failed|InProgress) LastUpdateStatusReason:s LastUpdateStatusReasonCode:s "
        + "FileSystemConfigs:[{Arn:s(0..200)! LocalMountPath:s(0..160)!}] PackageType:e(Zip|Image) "
        + "ImageConfigResponse:{ImageConfig:{EntryPoint:[s] Command:[s] WorkingDirectory:s(0..1000)} Error:{ErrorCode:s Message:s}} SigningProfileVersionArn:s "
        + "SigningJobArn:s Architectures:[e(x86_64|arm64)] EphemeralStorage:{Size:n(512..10240)!} "
        + "SnapStart:{ApplyOn:e(PublishedVersions|None) OptimizationStatus:e(On|Off)} RuntimeVersionConfig:{RuntimeVersionArn:s(26..2048) Error:{ErrorCode:s Message:s}} "
        + "LoggingConfig:{LogFormat:e(JSON|Text) ApplicationLogLevel:e(TRACE|DEBUG|INFO|WARN|ERROR|FATAL) SystemLogLevel:e(DEBUG|INFO|WARN) LogGroup:s(1..512)}";

    static readonly FrozenDictionary<string, string> Notations = new Dictionary<string, string>
    {
        ["athena:startQueryExecution"] = "QueryExecutionId:s(1..128)",
        ["batch:submitJob"] = "JobArn:s JobName:s! JobId:s!",
        ["codebuild:startBuild"] = "Build:{Id:s(1..) Arn:s(1..) BuildNumber:n BuildStatus:e(SUCCEEDED|FAILED|FAULT|TIMED_OUT|IN_PROGRESS|STOPPED) StartTime:t ProjectName:s(1..)}",
        ["dynamodb:deleteItem"] = Written,
        ["dynamodb:getItem"] = $"Item:<*> {Consumed}",
        ["dynamodb:putItem"] = Written,
        ["dynamodb:query"] = $"Items:[<*>] Count:n ScannedCount:n LastEvaluatedKey:<*> {Consumed}",
        ["dynamodb:scan"] = $"Items:[<*>] Count:n ScannedCount:n LastEvaluatedKey:<*> {Consumed}",
        ["dynamodb:updateItem"] = Written,
        ["ecs:runTask"] = "Tasks:[*] Failures:[{Arn:s Reason:s Detail:s}]",
        ["eventbridge:putEvents"] = "FailedEntryCount:n Entries:[{EventId:s ErrorCode:s ErrorMessage:s}]",
        ["glue:startJobRun"] = "JobRunId:s(1..255)",
        ["kms:decrypt"] = $"KeyId:s(1..2048) Plaintext:b(1..4096) EncryptionAlgorithm:{KmsAlgorithm} CiphertextForRecipient:b(1..6144)",
        ["kms:encrypt"] = $"CiphertextBlob:b(1..6144) KeyId:s(1..2048) EncryptionAlgorithm:{KmsAlgorithm}",
        ["kms:generateDataKey"] = "CiphertextBlob:b(1..6144) Plaintext:b(1..4096) KeyId:s(1..2048) CiphertextForRecipient:b(1..6144)",
        ["lambda:getFunction"] =
            $"Configuration:{{{FunctionConfiguration}}} Code:{{RepositoryType:s Location:s ImageUri:s ResolvedImageUri:s SourceKMSKeyArn:s}} Tags:<s> "
            + "TagsError:{ErrorCode:s(10..21)! Message:s(84..1000)!} Concurrency:{ReservedConcurrentExecutions:n(0..)}",
        ["lambda:getFunctionConfiguration"] = FunctionConfiguration,
        ["lambda:invoke"] = "StatusCode:n FunctionError:s LogResult:s Payload:* ExecutedVersion:s(1..1024)",
        ["s3:deleteObject"] = "DeleteMarker:f VersionId:s RequestCharged:e(requester)",
        ["s3:getObject"] = "Body:* " + ObjectHead,
        ["s3:headObject"] = "ArchiveStatus:e(ARCHIVE_ACCESS|DEEP_ARCHIVE_ACCESS) " + ObjectHead,
        ["s3:listObjectsV2"] =
            "IsTruncated:f Contents:[{Key:s(1..) LastModified:t ETag:s ChecksumAlgorithm:[e(CRC32|CRC32C|SHA1|SHA256|CRC64NVME)] ChecksumType:e(COMPOSITE|FULL_OBJECT) Size:n "
            + "StorageClass:" + StorageClass + " Owner:{DisplayName:s ID:s} RestoreStatus:{IsRestoreInProgress:f RestoreExpiryDate:t}}] Name:s Prefix:s Delimiter:s MaxKeys:n "
            + "CommonPrefixes:[{Prefix:s}] EncodingType:e(url) KeyCount:n ContinuationToken:s NextContinuationToken:s StartAfter:s RequestCharged:e(requester)",
        ["s3:putObject"] =
            "Expiration:s ETag:s ChecksumCRC32:s ChecksumCRC32C:s ChecksumCRC64NVME:s ChecksumSHA1:s ChecksumSHA256:s ChecksumType:e(COMPOSITE|FULL_OBJECT) "
            + "ServerSideEncryption:e(AES256|aws:fsx|aws:kms|aws:kms:dsse) VersionId:s SSECustomerAlgorithm:s SSECustomerKeyMD5:s SSEKMSKeyId:s SSEKMSEncryptionContext:s "
            + "BucketKeyEnabled:f Size:n RequestCharged:e(requester)",
        ["secretsmanager:getSecretValue"] =
            "ARN:s(20..2048) Name:s(1..256) VersionId:s(32..64) SecretBinary:b(1..65536) SecretString:s(1..65536) VersionStages:[s(1..256)] CreatedDate:t",
        ["sfn:describeExecution"] =
            "ExecutionArn:s(1..256)! StateMachineArn:s(1..256)! Name:s(1..80) Status:e(RUNNING|SUCCEEDED|FAILED|TIMED_OUT|ABORTED|PENDING_REDRIVE)! StartDate:t! StopDate:t "
            + "Input:s(0..262144) Output:s(0..262144) TraceHeader:s(0..256) MapRunArn:s(1..2000) Error:s(0..256) Cause:s(0..32768) RedriveCount:n RedriveDate:t",
        ["sfn:startExecution"] = "ExecutionArn:s(1..256)! StartDate:t!",
        ["sfn:startSyncExecution"] =
            "ExecutionArn:s(1..256)! StateMachineArn:s(1..256) Name:s(1..80) StartDate:t! StopDate:t! Status:e(SUCCEEDED|FAILED|TIMED_OUT)! Error:s(0..256) Cause:s(0..32768) "
            + "Input:s(0..262144) Output:s(0..262144) TraceHeader:s(0..256)",
        ["sns:publish"] = "MessageId:s SequenceNumber:s",
        ["sqs:sendMessage"] = "MD5OfMessageBody:s MD5OfMessageAttributes:s MD5OfMessageSystemAttributes:s MessageId:s SequenceNumber:s",
        ["ssm:getParameter"] =
            "Parameter:{Name:s(1..2048) Type:e(String|StringList|SecureString) Value:s Version:n Selector:s(0..128) SourceResult:s LastModifiedDate:t ARN:s DataType:s(0..128)}",
        ["sts:getCallerIdentity"] = "UserId:s Account:s Arn:s(20..2048)",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    static readonly ConcurrentDictionary<string, ResultShape> Read = new(StringComparer.Ordinal);

    /// <summary>The shape of a task's result by its resource; null when it is not known.</summary>
    internal static ResultShape? Find(string resource)
    {
        const string Service = ":states:::";
        var at = resource.IndexOf(Service, StringComparison.Ordinal);
        if (at < 0) return null;
        var action = resource[(at + Service.Length)..];
        if (action.StartsWith("aws-sdk:", StringComparison.Ordinal)) action = action["aws-sdk:".Length..];
        // Optimized integrations have names of their own for two services.
        if (action.StartsWith("states:", StringComparison.Ordinal)) action = "sfn:" + action["states:".Length..];
        if (action.StartsWith("events:", StringComparison.Ordinal)) action = "eventbridge:" + action["events:".Length..];
        return Notations.TryGetValue(action, out var notation) ? Read.GetOrAdd(notation, ShapeReader.Read) : null;
    }

    internal static IEnumerable<string> Actions => Notations.Keys;
}
