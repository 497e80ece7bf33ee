using Orkestra.Expressions.Data;
using Orkestra.Hosting.Service;
using Orkestra.Local.Catalog;

namespace Orkestra.Local.Actions;

/// <summary>The tags of state machines and activities.</summary>
internal sealed class TagActions(ServiceCatalog catalog)
{
    internal JsonObject List(JsonObject request)
    {
        var arn = ArnOf(request);
        var state = catalog.State;
        var tags = state.Machines.GetValueOrDefault(arn)?.Tags ?? state.Activities.GetValueOrDefault(arn)?.Tags ?? throw NotFound(arn);
        return JsonObject.Create(("tags", tags.ToJson()));
    }

    internal Task<JsonObject> AddAsync(JsonObject request)
    {
        var arn = ArnOf(request);
        return ChangeAsync(arn, tags => tags.With(((JsonValue)request)["tags"], arn));
    }

    internal Task<JsonObject> RemoveAsync(JsonObject request) => ChangeAsync(ArnOf(request), tags => tags.Without(((JsonValue)request)["tagKeys"]));

    Task<JsonObject> ChangeAsync(string arn, Func<TagList, TagList> change) => catalog.ChangeAsync(state =>
    {
        if (state.Machines.TryGetValue(arn, out var machine))
        {
            machine = machine with { Tags = change(machine.Tags) };
            return new CatalogChange(state.With(machine), JsonObject.Empty, [machine.ToEntry()]);
        }

        if (!state.Activities.TryGetValue(arn, out var activity)) throw NotFound(arn);
        activity = activity with { Tags = change(activity.Tags) };
        return new CatalogChange(state.With(activity), JsonObject.Empty, [activity.ToEntry()]);
    });

    static string ArnOf(JsonObject request) => ResourceArn.Parse(RequestFields.Required(request, "resourceArn"), ResourceArn.StateMachine, ResourceArn.Activity).Text;

    static ServiceException NotFound(string arn) => new("ResourceNotFound", $"Resource not found: '{arn}'");
}
