using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Hosting.Service;
using Orkestra.Hosting.Storage;
using Orkestra.Local.Catalog;

namespace Orkestra.Local.Actions;

/// <summary>Activities and their workers (https://docs.aws.amazon.com/step-functions/latest/dg/concepts-activities.html).</summary>
internal sealed class ActivityActions(OrkestraRuntime runtime, StepFunctionsOptions options, ServiceCatalog catalog)
{
    static readonly JsonObject OwnedKey = JsonObject.Create(("type", "AWS_OWNED_KEY"));

    internal Task<JsonObject> CreateAsync(JsonObject request)
    {
        var name = RequestFields.Required(request, "name");
        if (!ResourceArn.IsName(name)) throw new ServiceException("InvalidName", $"Invalid Name: '{name}'");
        var arn = $"arn:{options.Partition}:states:{options.Region}:{options.AccountId}:{ResourceArn.Activity}:{name}";
        var encryption = EncryptionOf(request) ?? OwnedKey;
        return catalog.ChangeAsync(
            state =>
            {
                if (state.Activities.TryGetValue(arn, out var known))
                {
                    return known.Encryption == encryption ? new CatalogChange(state, Created(known), [])
                        : throw new ServiceException("ActivityAlreadyExists", $"Activity Already Exists: '{arn}'");
                }

                var activity = new ActivityEntry
                {
                    Arn = arn,
                    Name = name,
                    Number = state.NextNumber,
                    Created = runtime.Options.TimeProvider.GetUtcNow(),
                    Encryption = encryption,
                    Tags = TagList.Empty.With(((JsonValue)request)["tags"], arn),
                };
                return new CatalogChange(state.With(activity), Created(activity), [activity.ToEntry()]);
            },
            _ => runtime.Activities.Create(arn));
    }

    internal JsonObject Describe(JsonObject request)
    {
        var arn = ArnOf(request);
        var activity = catalog.State.Activities.GetValueOrDefault(arn.Text) ?? throw DoesNotExist(arn);
        return JsonObject.Create(
            ("activityArn", activity.Arn), ("name", activity.Name), ("creationDate", RequestFields.Seconds(activity.Created)), ("encryptionConfiguration", activity.Encryption));
    }

    internal JsonObject List(JsonObject request) => RequestFields.Page(
        request, "ListActivities", "activities", catalog.State.Activities.Values.OrderBy(activity => activity.Number).Select(activity => (activity.Number, JsonObject.Create(
            ("activityArn", activity.Arn), ("name", activity.Name), ("creationDate", RequestFields.Seconds(activity.Created))))));

    /// <summary>Deletes an activity. What does not exist is deleted already.</summary>
    internal Task<JsonObject> DeleteAsync(JsonObject request)
    {
        var arn = ArnOf(request).Text;
        return catalog.ChangeAsync(
            state => state.Activities.ContainsKey(arn)
                ? new CatalogChange(state with { Activities = state.Activities.Remove(arn) }, JsonObject.Empty, [new CatalogEntry(ActivityEntry.Kind, arn, null)])
                : new CatalogChange(state, JsonObject.Empty, []),
            _ => runtime.Activities.Delete(arn));
    }

    /// <summary>Waits for a task; an answer without a token says that none came.</summary>
    internal async Task<JsonObject> GetTaskAsync(JsonObject request, CancellationToken cancellationToken)
    {
        var arn = ArnOf(request);
        var worker = RequestFields.Optional(request, "workerName");
        if (!runtime.Activities.Exists(arn.Text)) throw DoesNotExist(arn);
        using var poll = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // Workers wait in real time, whatever the clock of the executions does.
        poll.CancelAfter(options.ActivityPoll);
        try
        {
            var task = await runtime.Activities.GetTaskAsync(arn.Text, worker, poll.Token).ConfigureAwait(false);
            return JsonObject.Create(("taskToken", task.TaskToken), ("input", task.Input.ToJson()));
        }
        catch (OperationCanceledException) when (poll.IsCancellationRequested)
        {
            return JsonObject.Empty;
        }
        catch (ArgumentException)
        {
            throw DoesNotExist(arn);
        }
    }

    /// <summary>The encryption a request asks for; null when it does not. Nothing is encrypted: the answer repeats the configuration.</summary>
    internal static JsonObject? EncryptionOf(JsonObject request)
    {
        if (((JsonValue)request)["encryptionConfiguration"] is not JsonObject encryption) return null;
        if (RequestFields.Optional(encryption, "type") == "CUSTOMER_MANAGED_KMS_KEY" && RequestFields.Optional(encryption, "kmsKeyId") is null)
            throw new ServiceException("InvalidEncryptionConfiguration", "Invalid Encryption Configuration: kmsKeyId must be specified when the type is CUSTOMER_MANAGED_KMS_KEY");
        return encryption;
    }

    /// <summary>Whether two configurations say the same: without one, the key is AWS's own.</summary>
    internal static bool IsSame(JsonValue? one, JsonValue? other) => (one ?? OwnedKey) == (other ?? OwnedKey);

    static ResourceArn ArnOf(JsonObject request) => ResourceArn.Parse(RequestFields.Required(request, "activityArn"), ResourceArn.Activity);

    static JsonObject Created(ActivityEntry activity) => JsonObject.Create(("activityArn", activity.Arn), ("creationDate", RequestFields.Seconds(activity.Created)));

    static ServiceException DoesNotExist(ResourceArn arn) => new("ActivityDoesNotExist", $"Activity Does Not Exist: '{arn.Text}'");
}
