using Temporalio.Common;
using Temporalio.Exceptions;
using Temporalio.Workflows;

/// <summary>The order process as a Temporal workflow. Not compiled here; written after version 1.x of the SDK.</summary>
[Workflow]
public class OrderProcessWorkflow
{
    static readonly ActivityOptions Once = new() { StartToCloseTimeout = TimeSpan.FromMinutes(1), RetryPolicy = new() { MaximumAttempts = 1 } };

    static readonly ActivityOptions UntilTheBankAnswers = new()
    {
        StartToCloseTimeout = TimeSpan.FromMinutes(1),
        RetryPolicy = new()
        {
            InitialInterval = TimeSpan.FromSeconds(2),
            MaximumInterval = TimeSpan.FromMinutes(1),
            MaximumAttempts = 6,
            NonRetryableErrorTypes = [nameof(CardDeclinedException), nameof(OrderRefusedException)],
        },
    };

    Decision? decision;

    [WorkflowSignal]
    public Task DecideAsync(Decision answer)
    {
        decision = answer;
        return Task.CompletedTask;
    }

    [WorkflowRun]
    public async Task<OrderResult> RunAsync(CustomerOrder order)
    {
        var undo = new Stack<Func<Task>>();
        OrderResult result;
        try
        {
            try
            {
                result = await CarryAsync(order, undo);
            }
            catch
            {
                foreach (var work in undo) await work();
                throw;
            }
        }
        catch (ActivityFailureException error) when (error.InnerException is ApplicationFailureException { ErrorType: nameof(CardDeclinedException) or nameof(OrderRefusedException) } cause)
        {
            result = new OrderResult(order.Id, false, cause.Message);
        }
        catch (ApplicationFailureException refused) when (refused.ErrorType == nameof(OrderRefusedException))
        {
            result = new OrderResult(order.Id, false, refused.Message);
        }
        catch (TimeoutException)
        {
            result = new OrderResult(order.Id, false, "Nobody answered in time");
        }
        catch
        {
            await Workflow.ExecuteActivityAsync((OrderActivities steps) => steps.AuditAsync(order), Once);
            throw;
        }

        await Workflow.ExecuteActivityAsync((OrderActivities steps) => steps.AuditAsync(order), Once);
        await Workflow.ExecuteActivityAsync((OrderActivities steps) => steps.NotifyAsync(result.Message), Once);
        return result;
    }

    async Task<OrderResult> CarryAsync(CustomerOrder order, Stack<Func<Task>> undo)
    {
        var priced = await Workflow.ExecuteActivityAsync((OrderActivities steps) => steps.Prepare(order), Once);
        if (priced.Total > 1000)
        {
            await Workflow.ExecuteActivityAsync((OrderActivities steps) => steps.AskManagerAsync(priced, Workflow.Info.WorkflowId), Once);
            if (!await Workflow.WaitConditionAsync(() => decision is not null, TimeSpan.FromDays(3))) throw new TimeoutException();
            if (!decision!.IsApproved) throw new ApplicationFailureException($"{decision.By} refused the order", errorType: nameof(OrderRefusedException));
        }

        var reserved = await Workflow.ExecuteActivityAsync((OrderActivities steps) => steps.Reserve(priced), Once);
        undo.Push(() => Workflow.ExecuteActivityAsync((OrderActivities steps) => steps.ReleaseAsync(reserved), Once));
        var charged = await Workflow.ExecuteActivityAsync((OrderActivities steps) => steps.Charge(reserved, Workflow.Info.RunId), UntilTheBankAnswers);
        undo.Push(() => Workflow.ExecuteActivityAsync((OrderActivities steps) => steps.RefundAsync(charged), Once));
        var trackingId = await Workflow.ExecuteChildWorkflowAsync((ShippingWorkflow shipping) => shipping.RunAsync(charged.Delivery));
        await Workflow.ExecuteActivityAsync((OrderActivities steps) => steps.StoreAsync(charged, trackingId), Once);
        return new OrderResult(order.Id, true, $"Order {order.Id} was delivered, tracked as {trackingId}");
    }
}

[Workflow]
public class ShippingWorkflow
{
    static readonly ActivityOptions Once = new() { StartToCloseTimeout = TimeSpan.FromMinutes(1), RetryPolicy = new() { MaximumAttempts = 1 } };

    [WorkflowRun]
    public async Task<string> RunAsync(Delivery delivery)
    {
        var parcels = delivery switch
        {
            Parcel parcel => await Workflow.ExecuteActivityAsync((OrderActivities steps) => steps.SendParcel(parcel), Once),
            Pickup pickup => await Workflow.ExecuteActivityAsync((OrderActivities steps) => steps.PutAside(pickup), Once),
            _ => throw new ApplicationFailureException("There is no such delivery"),
        };
        var giveUp = Workflow.UtcNow + TimeSpan.FromDays(14);
        while (!(parcels = await Workflow.ExecuteActivityAsync((OrderActivities steps) => steps.Track(parcels), Once)).IsDelivered)
        {
            if (Workflow.UtcNow > giveUp) throw new ApplicationFailureException("The parcel did not arrive");
            await Workflow.DelayAsync(TimeSpan.FromHours(6));
        }

        return parcels.TrackingId;
    }
}
