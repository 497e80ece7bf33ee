using Orkestra.Asl;
using Orkestra.Expressions.Data;

namespace Orkestra.Cli.Apps;

/// <summary>Reads the state machines of CloudFormation and SAM templates.</summary>
/// <param name="accountId">The account in ARNs.</param>
/// <param name="region">The region in ARNs.</param>
internal sealed class TemplateReader(string accountId, string region)
{
    const string StepVariable = "ORKESTRA_STEP";

    readonly TemplateNames names = new(accountId, region);

    /// <summary>Whether a file is a template.</summary>
    internal static bool IsTemplate(JsonValue content) => content["Resources"] is JsonObject;

    /// <summary>Reads templates of one app: what one of them exports, the others may import.</summary>
    /// <param name="files">The files, each with the folders of its assets by their hash.</param>
    /// <exception cref="ToolException">A template cannot be read or resolved.</exception>
    internal AppModel Read(IReadOnlyList<(string File, IReadOnlyDictionary<string, string> Assets)> files)
    {
        var exports = new Dictionary<string, string>(StringComparer.Ordinal);
        var templates = files.Select(file => (file.File, file.Assets, Content: StructuredFile.Read(file.File))).ToArray();
        foreach (var (file, _, content) in templates)
        {
            foreach (var (name, value) in Resolver(content, file, exports).Exports()) exports[name] = value;
        }

        return templates.Aggregate(AppModel.Empty, (model, template) => model.With(Read(template.Content, template.File, template.Assets, Resolver(template.Content, template.File, exports))));
    }

    TemplateResolver Resolver(JsonValue content, string file, Dictionary<string, string> exports) => new(content, file, names, accountId, region, exports);

    static AppModel Read(JsonValue template, string file, IReadOnlyDictionary<string, string> assets, TemplateResolver resolver)
    {
        var machines = new List<AppMachine>();
        var activities = new List<string>();
        var schedules = new TemplateSchedules(template, file, resolver);
        var functions = new Dictionary<string, AppFunction>(StringComparer.Ordinal);
        foreach (var (id, resource) in (JsonObject)template["Resources"]!)
        {
            if (resource["Condition"] is JsonString condition && !resolver.Holds(condition.Value)) continue;
            var properties = resource["Properties"] ?? JsonObject.Empty;
            switch (TemplateResolver.TypeOf(resource))
            {
                case "AWS::StepFunctions::StateMachine" or "AWS::Serverless::StateMachine":
                    var isExpress = resolver.Text(properties["StateMachineType"] ?? properties["Type"]) == "EXPRESS";
                    var place = DefinitionFile(properties, file, assets, resolver);
                    machines.Add(new AppMachine(resolver.NameOf(id), Definition(id, properties, file, place, resolver), isExpress ? StateMachineType.Express : StateMachineType.Standard, file) { DefinitionFile = place });
                    schedules.AddEvents(id, properties);
                    break;
                case "AWS::Events::Rule":
                    schedules.AddRule(id, properties);
                    break;
                case "AWS::Scheduler::Schedule":
                    schedules.AddSchedule(id, properties);
                    break;
                case "AWS::StepFunctions::Activity":
                    activities.Add(resolver.NameOf(id));
                    break;
                case "AWS::Lambda::Function" or "AWS::Serverless::Function" when Function(resource, properties, file, assets, resolver) is { } function:
                    functions[resolver.NameOf(id)] = function;
                    break;
                default:
                    break;
            }
        }

        return new AppModel(machines, activities, functions, schedules.All);
    }

    // A path beside the template, or the asset that an object in S3 is made of.
    static string? DefinitionFile(JsonValue properties, string file, IReadOnlyDictionary<string, string> assets, TemplateResolver resolver)
    {
        if (properties["DefinitionUri"] is JsonString uri) return Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file))!, uri.Value);
        return resolver.Text((properties["DefinitionS3Location"] ?? properties["DefinitionUri"])?["Key"]) is { } key && assets.TryGetValue(HashOf(key), out var asset) ? asset : null;
    }

    static string Definition(string id, JsonValue properties, string file, string? definitionFile, TemplateResolver resolver)
    {
        var text = properties["DefinitionString"] is { } given ? resolver.Text(given)
            : properties["Definition"] is { } definition ? resolver.Resolve(definition).ToJson()
            : definitionFile is not null ? FromFile(definitionFile)
            : null;
        if (text is null) throw new ToolException($"The state machine '{id}' of '{file}' has no definition that can be read here: neither a text nor a file.");
        foreach (var (name, value) in properties["DefinitionSubstitutions"] as JsonObject ?? JsonObject.Empty)
        {
            // Inside JSON text: a value is escaped as it would be there.
            var resolved = resolver.Resolve(value);
            text = text.Replace($"${{{name}}}", resolved is JsonString plain ? ((JsonValue)plain.Value).ToJson()[1..^1] : resolved.ToJson(), StringComparison.Ordinal);
        }

        return text;
    }

    static string FromFile(string file) => Path.GetExtension(file) is ".yaml" or ".yml" ? StructuredFile.Read(file).ToJson()
        : File.Exists(file) ? File.ReadAllText(file) : throw new ToolException($"There is no file '{file}', which a template names as a definition.");

    // Orkestra's functions name their step by a variable, or, where the binary is native, by the handler.
    static AppFunction? Function(JsonValue resource, JsonValue properties, string file, IReadOnlyDictionary<string, string> assets, TemplateResolver resolver)
    {
        if (resolver.Text(properties["Environment"]?["Variables"]?[StepVariable]) is not { } step || resolver.Text(properties["Handler"]) is not { } handler) return null;
        var folder = Folder(resource, properties, file, assets, resolver);
        var assembly = folder is null ? null : Path.Combine(folder, $"{handler.Split("::")[0]}.dll");
        return assembly is not null && File.Exists(assembly) ? new AppFunction(assembly, step) : null;
    }

    static string? Folder(JsonValue resource, JsonValue properties, string file, IReadOnlyDictionary<string, string> assets, TemplateResolver resolver)
    {
        var here = Path.GetDirectoryName(Path.GetFullPath(file))!;
        if (resource["Metadata"]?["aws:asset:path"] is JsonString asset) return Path.Combine(here, asset.Value);
        if (properties["CodeUri"] is JsonString uri) return Path.Combine(here, uri.Value);
        return resolver.Text(properties["Code"]?["S3Key"]) is { } key && assets.TryGetValue(HashOf(key), out var folder) ? folder : null;
    }

    static string HashOf(string key) => Path.GetFileNameWithoutExtension(key);
}
