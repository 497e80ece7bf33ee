using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Orkestra.Deployment.Descriptions;
using Orkestra.Deployment.Permissions;

namespace Orkestra.Deployment.Templates;

/// <summary>The resources of a step's function: a log group, a role, the function, and a published version of it.</summary>
/// <param name="parts">The template.</param>
/// <param name="program">What the function runs.</param>
/// <param name="options">How functions are deployed.</param>
internal sealed class FunctionResources(TemplateParts parts, TemplateProgram program, TemplateOptions options)
{
    const int HashLength = 32;

    /// <summary>Makes the function of a step.</summary>
    /// <param name="owner">The id of the state machine.</param>
    /// <param name="workflow">The workflow.</param>
    /// <param name="step">The step.</param>
    public MadeFunction Make(string owner, WorkflowDescription workflow, StepDescription step)
    {
        var id = parts.FreeId($"{owner}{step.Step.Function}Function");
        var (logs, role) = (parts.FreeId(id + "Logs"), parts.FreeId(id + "Role"));
        parts.Add(logs, "AWS::Logs::LogGroup", new JsonObject { ["RetentionInDays"] = options.LogDays }, "Retain");
        parts.Add(role, "AWS::IAM::Role", new JsonObject
        {
            ["AssumeRolePolicyDocument"] = PolicyText.AssumedBy("lambda.amazonaws.com"),
            ["Policies"] = new JsonArray(new JsonObject
            {
                ["PolicyName"] = "Logs",
                ["PolicyDocument"] = PolicyText.Document(new Grant(["logs:CreateLogStream", "logs:PutLogEvents"], [TemplateText.Attribute(logs, "Arn")])),
            }),
        });
        var observability = options.Observability ?? (workflow.Observability ? true : null);
        string[] after = observability == true ? [Tracing(role)] : [];
        var settings = Settings(workflow, step, observability);
        var properties = Properties(settings, logs, role);
        parts.Add(id, "AWS::Lambda::Function", properties, null, after);
        if (!options.Versions) return new MadeFunction(step, id, TemplateText.Attribute(id, "Arn"), settings);
        var version = parts.FreeId($"{id}CurrentVersion{Hash(properties)}");
        parts.Add(version, "AWS::Lambda::Version", new JsonObject { ["FunctionName"] = TemplateText.Value(TemplateText.Ref(id)) }, "Retain");
        return new MadeFunction(step, id, TemplateText.Ref(version), settings);
    }

    FunctionSettings Settings(WorkflowDescription workflow, StepDescription step, bool? observability)
    {
        var name = $"{workflow.Name}.{step.Step.Function}";
        var variables = new Dictionary<string, string>(step.Environment);
        if (program.AssemblyName is not null) variables[FunctionDefaults.StepVariable] = name;
        if (observability is { } on) variables.TryAdd(FunctionDefaults.ObservabilityVariable, on ? "true" : "false");
        var memory = step.Memory ?? options.Memory;
        FunctionDefaults.CheckMemory(step.Step.Name, memory);
        return new FunctionSettings(
            step.Description ?? FunctionDefaults.DescriptionOf(workflow.Name),
            program.AssemblyName is null ? FunctionDefaults.NativeRuntime : FunctionDefaults.ManagedRuntime,
            program.AssemblyName ?? name,
            program.IsArm ? "arm64" : "x86_64",
            memory,
            (int)(FunctionDefaults.SecondsOf(step.Step.Name, step.Timeout) ?? options.TimeoutSeconds),
            observability == true,
            variables);
    }

    JsonObject Properties(FunctionSettings settings, string logs, string role)
    {
        var properties = new JsonObject
        {
            ["Architectures"] = new JsonArray(settings.Architecture),
            ["Code"] = Code(),
            ["Description"] = settings.Description,
        };
        if (settings.Environment.Count > 0) properties["Environment"] = new JsonObject { ["Variables"] = settings.EnvironmentJson() };
        properties["Handler"] = settings.Handler;
        properties["LoggingConfig"] = new JsonObject { ["LogGroup"] = TemplateText.Value(TemplateText.Ref(logs)) };
        properties["MemorySize"] = settings.Memory;
        properties["Role"] = TemplateText.Value(TemplateText.Attribute(role, "Arn"));
        properties["Runtime"] = settings.Runtime;
        properties["Timeout"] = settings.TimeoutSeconds;
        if (settings.IsTraced) properties["TracingConfig"] = new JsonObject { ["Mode"] = "Active" };
        return properties;
    }

    JsonNode Code() => options.CodePath is { } path
        ? JsonValue.Create(path)
        : new JsonObject
        {
            ["S3Bucket"] = TemplateText.Value(TemplateText.Ref(parts.Parameter("CodeBucket", "The bucket that holds the package of the functions."))),
            ["S3Key"] = TemplateText.Value(TemplateText.Ref(parts.Parameter("CodeKey", "The key of the package in the bucket."))),
        };

    string Tracing(string role)
    {
        var policy = parts.FreeId(role + "DefaultPolicy");
        parts.Add(policy, "AWS::IAM::Policy", new JsonObject
        {
            ["PolicyDocument"] = PolicyText.Document(new Grant(["xray:PutTraceSegments", "xray:PutTelemetryRecords"], ["*"])),
            ["PolicyName"] = "Tracing",
            ["Roles"] = new JsonArray(TemplateText.Value(TemplateText.Ref(role))),
        });
        return policy;
    }

    // A version is made once: another id makes another one, whenever what the function does is another.
    string Hash(JsonObject properties) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(program.Hash + properties.ToJsonString())))[..HashLength];
}
