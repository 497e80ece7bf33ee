
namespace Orkestra.Deployment.Permissions;

/// <summary>
/// What a state machine has to be allowed for a call of a service, with no more resources than the arguments name
/// (https://docs.aws.amazon.com/step-functions/latest/dg/service-integration-iam-templates.html and the page of each service).
/// </summary>
internal sealed class ServiceGrants(ResourceArns arns)
{
    const string Any = "*";

    /// <summary>The statements for a call.</summary>
    public IEnumerable<Grant> Of(ServiceCall call) => call.Service switch
    {
        "http" => Http(call.Arguments),
        "apigateway" when call.Operation == "invoke" => [Allow(["execute-api:Invoke"], Api(call.Arguments))],
        _ => [Allow([.. call.IamActions], [.. Resources(call)]), .. Beside(call), .. call.IsSync ? new JobGrants(arns).Of(call) : []],
    };

    public static Grant Allow(string[] actions, params string[] resources) => new(actions, resources);

    IEnumerable<string> Resources(ServiceCall call)
    {
        var arguments = call.Arguments;
        return call.Service switch
        {
            "athena" => [arns.Of("athena", "workgroup", call.Operation == "startQueryExecution" ? arguments["WorkGroup", "primary"] : null)],
            "batch" when call.Operation == "submitJob" => Batch(arguments),
            "bedrock" => [Model(call)],
            "codebuild" when arguments.Has("ProjectName") => [arns.Of("codebuild", "project", arguments["ProjectName"])],
            "databrew" when arguments.Has("Name") => [arns.Of("databrew", "job", arguments["Name"])],
            "dynamodb" => Tables(arguments),
            "ecs" when call.Operation == "runTask" => [TaskDefinition(arguments["TaskDefinition"])],
            "elasticmapreduce" when arguments.Has("ClusterId") => [arns.Of("elasticmapreduce", "cluster", arguments["ClusterId"])],
            "emr-containers" when arguments.Has("VirtualClusterId") => [arns.Of("emr-containers", "/virtualclusters", arguments["VirtualClusterId"])],
            "emr-serverless" when arguments.Has("ApplicationId") => [arns.Of("emr-serverless", "/applications", arguments["ApplicationId"])],
            "events" when call.Operation == "putEvents" => Buses(arguments),
            "glue" when call.Operation == "startJobRun" => [arns.Of("glue", "job", arguments["JobName"])],
            "kinesis" => [arguments["StreamARN"] ?? arns.Of("kinesis", "stream", arguments["StreamName"])],
            "kms" => [arns.Of("kms", "key", arguments["KeyId"])],
            "lambda" when arguments.Has("FunctionName") => [Function(arguments["FunctionName"])],
            "s3" => Objects(call),
            "secretsmanager" when arguments.Has("SecretId") => [Secret(arguments["SecretId"])],
            "sns" when call.Operation is "publish" or "publishBatch" => [arguments["TopicArn"] ?? (arguments.Has("TopicArn") ? arns.OfName("sns", null) : arguments["TargetArn"] ?? Any)],
            "sqs" when arguments.Has("QueueUrl") => [arns.OfQueue(arguments["QueueUrl"])],
            "ssm" when arguments.Has("Name") => [arns.Of("ssm", "parameter", arguments["Name"]?.TrimStart('/'))],
            "states" => States(call),
            _ => [Any],
        };
    }

    // What a call needs beside its own action, whether or not it is waited for.
    IEnumerable<Grant> Beside(ServiceCall call)
    {
        if (call.Is("bedrock", "invokeModel"))
        {
            if (call.Arguments.Inside("Input")["S3Uri"] is { } input) yield return Allow(["s3:GetObject"], FromUri(input));
            if (call.Arguments.Inside("Output")["S3Uri"] is { } output) yield return Allow(["s3:PutObject"], FromUri(output));
        }

        if (call.Is("athena", "startQueryExecution"))
        {
            foreach (var statement in Query(call.Arguments)) yield return statement;
        }

        if (call.Is("athena", "getQueryResults")) yield return Allow(["s3:GetObject"], arns.OfBucket(null, null));
        // A job runs with a role, which the caller has to be allowed to pass.
        foreach (var role in RolesOf(call)) yield return Allow(["iam:PassRole"], role);
    }

    static IEnumerable<string> RolesOf(ServiceCall call)
    {
        var arguments = call.Arguments;
        if (call.Is("ecs", "runTask"))
        {
            var overrides = arguments.Inside("Overrides");
            if (overrides["TaskRoleArn"] is { } task) yield return task;
            if (overrides["ExecutionRoleArn"] is { } execution) yield return execution;
        }

        if (call.Service is "sagemaker" or "bedrock" or "mediaconvert" && (arguments["RoleArn"] ?? arguments["Role"]) is { } role) yield return role;
        if (call.Service == "emr-serverless" && arguments["ExecutionRoleArn"] is { } job) yield return job;
        if (call.Is("elasticmapreduce", "createCluster"))
        {
            if (arguments["ServiceRole"] is { } service && service.StartsWith("arn:", StringComparison.Ordinal)) yield return service;
            if (arguments["JobFlowRole"] is { } flow && flow.StartsWith("arn:", StringComparison.Ordinal)) yield return flow;
        }
    }

    IEnumerable<string> Tables(ArgumentText arguments)
    {
        var table = arns.Of("dynamodb", "table", arguments["TableName"]);
        yield return table;
        if (arguments.Has("IndexName")) yield return $"{table}/index/{arguments["IndexName"] ?? Any}";
    }

    IEnumerable<string> Buses(ArgumentText arguments) =>
        arguments.List("Entries") is { } entries
            ? entries.Select(entry => arns.Of("events", "event-bus", entry["EventBusName", "default"])).Distinct(StringComparer.Ordinal)
            : [arns.Of("events", "event-bus", null)];

    string Function(string? name)
    {
        if (name is not null && arns.IsArn(name)) return name;
        // A name may carry a version: name:version.
        return arns.OfColons("lambda", "function", name);
    }

    string TaskDefinition(string? name) =>
        // Without a revision the latest one runs, whose number is not known now.
        name is null || arns.IsArn(name) || name.Contains(':', StringComparison.Ordinal) ? arns.Of("ecs", "task-definition", name) : $"{arns.Of("ecs", "task-definition", name)}:*";

    IEnumerable<string> Batch(ArgumentText arguments)
    {
        var definition = arguments["JobDefinition"];
        yield return definition is null || arns.IsArn(definition) || definition.Contains(':', StringComparison.Ordinal)
            ? arns.Of("batch", "job-definition", definition)
            : $"{arns.Of("batch", "job-definition", definition)}:*";
        yield return arns.Of("batch", "job-queue", arguments["JobQueue"]);
    }

    string Model(ServiceCall call)
    {
        if (!call.Arguments.Has("ModelId")) return Any;
        var model = call.Arguments["ModelId"];
        // us.vendor.model is an inference profile, which calls the model in several regions.
        return model is not null && !arns.IsArn(model) && model.Split('.').Length > 2 ? arns.Of("bedrock", "inference-profile", model) : arns.OfService("bedrock", "foundation-model", model);
    }

    string Secret(string? secret) => secret is null || arns.IsArn(secret) ? arns.OfColons("secretsmanager", "secret", secret) : $"{arns.OfColons("secretsmanager", "secret", secret)}-??????";

    IEnumerable<string> Objects(ServiceCall call)
    {
        var arguments = call.Arguments;
        if (call.Operation == "listBuckets") return [Any];
        if (!arguments.Has("Key")) return [arns.OfBucket(arguments["Bucket"], call.Operation == "deleteObjects" ? Any : null)];
        if (call.Operation == "copyObject") return [arns.OfBucket(arguments["Bucket"], arguments["Key"] ?? Any), arns.OfBucket(null, Source(arguments["CopySource"]))];
        return [arns.OfBucket(arguments["Bucket"], arguments["Key"] ?? Any)];
    }

    static string Source(string? copied) => copied ?? Any;

    IEnumerable<string> States(ServiceCall call) => call.Operation switch
    {
        "startExecution" or "startSyncExecution" => [arns.OfColons("states", "stateMachine", call.Arguments["StateMachineArn"])],
        "describeExecution" or "stopExecution" or "getExecutionHistory" or "redriveExecution" => [call.Arguments["ExecutionArn"] ?? arns.OfColons("states", "execution", "*:*")],
        _ => [Any],
    };

    string FromUri(string address)
    {
        const string scheme = "s3://";
        if (!address.StartsWith(scheme, StringComparison.Ordinal)) return arns.OfBucket(null, null);
        var parts = address[scheme.Length..].Split('/', 2);
        return arns.OfBucket(parts[0], parts.Length > 1 && parts[1].Length > 0 ? parts[1] : Any);
    }

    // https://docs.aws.amazon.com/step-functions/latest/dg/athena-iam.html: the query reads whatever its tables are made of, in whatever bucket.
    IEnumerable<Grant> Query(ArgumentText arguments)
    {
        yield return Allow(["athena:GetDataCatalog"], arns.Of("athena", "datacatalog", arguments.Inside("QueryExecutionContext")["Catalog"]));
        yield return Allow(
            ["s3:GetBucketLocation", "s3:GetObject", "s3:ListBucket", "s3:ListBucketMultipartUploads", "s3:ListMultipartUploadParts", "s3:AbortMultipartUpload", "s3:PutObject"],
            arns.OfBucket(null, null));
        yield return Allow(
            ["glue:GetDatabase", "glue:GetDatabases", "glue:GetTable", "glue:GetTables", "glue:GetPartition", "glue:GetPartitions", "glue:BatchGetPartition"],
            arns.OfName("glue", "catalog"), arns.Of("glue", "database", null), arns.Of("glue", "table", null), arns.Of("glue", "userDefinedFunction", null));
        yield return Allow(["lakeformation:GetDataAccess"], Any);
    }

    // https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html#connect-http-task-permissions
    IEnumerable<Grant> Http(ArgumentText arguments)
    {
        var conditions = new List<(string Operator, string Key, string Value)>();
        if (arguments["Method"] is { } method) conditions.Add(("StringEquals", "states:HTTPMethod", method));
        if (arguments["ApiEndpoint"] is { } endpoint) conditions.Add(("StringLike", "states:HTTPEndpoint", endpoint));
        yield return Allow(["states:InvokeHTTPEndpoint"], arns.OfColons("states", "stateMachine", null)) with { Conditions = conditions };
        var connection = arguments.Inside("Authentication")["ConnectionArn"] ?? arguments.Inside("InvocationConfig")["ConnectionArn"];
        yield return Allow(["events:RetrieveConnectionCredentials"], connection ?? arns.Of("events", "connection", null));
        yield return Allow(["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"], arns.OfColons("secretsmanager", "secret", "events!connection/*"));
    }

    // abc123.execute-api.region.amazonaws.com, with the stage, the method and the path: arn:…:execute-api:region:account:abc123/stage/METHOD/path
    string Api(ArgumentText arguments)
    {
        var api = arguments["ApiEndpoint"]?.Split('.')[0];
        var path = arguments["Path"]?.TrimStart('/');
        return arns.OfName("execute-api", $"{api ?? Any}/{arguments["Stage"] ?? Any}/{arguments["Method"] ?? Any}/{path ?? Any}");
    }
}
